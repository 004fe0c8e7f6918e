namespace Helu.Build.Tests;

/// <summary>An ELF file and where things stand in it.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Sections">The file offset of each section, by name.</param>
/// <param name="Headers">The file offset of each section's header, by name.</param>
/// <param name="VersionFlags">The file offset of <c>vna_flags</c> of each needed version, by the version's name.</param>
internal sealed record ElfImage(
    byte[] Bytes,
    IReadOnlyDictionary<string, int> Sections,
    IReadOnlyDictionary<string, int> Headers,
    IReadOnlyDictionary<string, int> VersionFlags)
{
    /// <summary>The same file with other bytes at <paramref name="offset"/>.</summary>
    public byte[] With(int offset, params ReadOnlySpan<byte> bytes)
    {
        var changed = Bytes.ToArray();
        bytes.CopyTo(changed.AsSpan(offset));
        return changed;
    }
}
