namespace Samples.Common;

/// <summary>Folders that results go into.</summary>
public static class OutputFolder
{
    /// <summary>Makes the folder where it is missing, and makes sure that it can be written to: before the work, not after it.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">It can't be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static string Prepare(string folder)
    {
        string path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        string probe = Path.Combine(path, Path.GetRandomFileName());
        new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        return path;
    }
}
