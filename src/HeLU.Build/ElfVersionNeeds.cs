namespace Helu.Build;

/// <summary>A version of a library that an ELF file asks for.</summary>
/// <param name="Library">Such as <c>libstdc++.so.6</c>.</param>
/// <param name="Version">Such as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Index">The number that <c>.gnu.version</c> gives the symbols of this version.</param>
/// <param name="Flags"><c>vna_flags</c>.</param>
/// <param name="FlagsOffset">Where in the file <c>vna_flags</c> stands.</param>
internal sealed record VersionNeed(string Library, string Version, ushort Index, ushort Flags, long FlagsOffset)
{
    /// <summary><c>VER_FLG_WEAK</c>: the loader does not mind when the library lacks the version.</summary>
    public const ushort WeakFlag = 2;

    public bool IsWeak => (Flags & WeakFlag) != 0;
}

/// <summary>Reads <c>.gnu.version_r</c>.</summary>
internal static class ElfVersionNeeds
{
    private const int EntrySize = 16;

    /// <summary>Every version that <paramref name="elf"/> asks for, in the file's order.</summary>
    public static IReadOnlyList<VersionNeed> Read(ElfFile elf)
    {
        if (elf.Find(SectionType.VersionNeeds) is not { } section)
            return [];

        var strings = elf.LinkOf(section, SectionType.StringTable).Content;
        var needs = new List<VersionNeed>();
        long library = 0;
        for (uint i = 0; i < section.Info; i++)
        {
            ReadLibrary(section.Content, library, strings, needs);
            library = Next(section.Content, library, section.Content.UInt32(library + 12, "vn_next"), "vn_next", isLast: i == section.Info - 1);
        }

        return needs;
    }

    private static void ReadLibrary(ByteWindow content, long library, ByteWindow strings, List<VersionNeed> needs)
    {
        var count = content.UInt16(library + 2, "vn_cnt");
        var name = strings.Text(content.UInt32(library + 4, "vn_file"), "the library's name");
        var version = library + content.UInt32(library + 8, "vn_aux");
        for (var i = 0; i < count; i++)
        {
            // Entries do not overlap, so a section has room for so many. It keeps a hostile file from costing the product of two counts.
            if (needs.Count >= content.Length / EntrySize)
                throw new InvalidDataException($"found more than {needs.Count} versions in {content.Name}, expected no more than its {content.Length} bytes have room for");

            needs.Add(ReadVersion(content, version, strings, name));
            version = Next(content, version, content.UInt32(version + 12, "vna_next"), "vna_next", isLast: i == count - 1);
        }
    }

    private static VersionNeed ReadVersion(ByteWindow content, long version, ByteWindow strings, string library) => new(
        library,
        strings.Text(content.UInt32(version + 8, "vna_name"), "the version's name"),
        content.UInt16(version + 6, "vna_other"),
        content.UInt16(version + 4, "vna_flags"),
        content.FileOffset(version + 4));

    /// <summary>The chain ends with 0, and just where the count says. Steps are unsigned, so a chain that only grows cannot be a cycle.</summary>
    private static long Next(ByteWindow content, long entry, uint step, string field, bool isLast)
    {
        if (isLast ? step != 0 : step < EntrySize)
        {
            var expected = isLast ? "0, since this is the last entry" : $"at least {EntrySize}, since more entries follow";
            throw new InvalidDataException($"found {field} {step} at file offset 0x{content.FileOffset(entry + 12):x}, expected {expected}");
        }

        return entry + step;
    }
}
