namespace Helu.Build;

/// <summary>Changes a file that may share its content with another.</summary>
internal static class FileReplacement
{
    /// <summary>
    /// Puts a changed copy in the place of <paramref name="path"/>. Where that is a hard or symbolic link, the link gives way to a real
    /// file and the original is left as it was. The copy keeps the last-write time and the mode.
    /// </summary>
    /// <param name="path">An existing file.</param>
    /// <param name="offset">Where to write.</param>
    /// <param name="value">What to write, little-endian.</param>
    public static void WriteUInt16(string path, long offset, ushort value)
    {
        // Beside the destination: a rename works, and is atomic, only within one file system.
        var copy = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            // Follows links, and takes the time and, on Unix, the mode along.
            File.Copy(path, copy);
            var (time, attributes) = (File.GetLastWriteTimeUtc(copy), File.GetAttributes(copy));

            File.SetAttributes(copy, attributes & ~FileAttributes.ReadOnly);
            WriteInPlace(copy, offset, value);

            // MSBuild's Copy leaves a file alone that has the source's size and time, so the next build keeps the changed copy.
            File.SetLastWriteTimeUtc(copy, time);
            File.SetAttributes(copy, attributes);
            File.Replace(copy, path, destinationBackupFileName: null);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static void WriteInPlace(string path, long offset, ushort value)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
        file.Position = offset;
        file.WriteByte((byte)value);
        file.WriteByte((byte)(value >> 8));
    }
}
