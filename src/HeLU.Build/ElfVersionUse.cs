namespace Helu.Build;

/// <summary>Finds what in an ELF file depends on one version of one library.</summary>
internal static class ElfVersionUse
{
    /// <summary>
    /// libstdc++ 13's headers mention this symbol in each file that includes &lt;iostream&gt;, only to make the linker ask for
    /// version 3.4.32. Nothing refers to it, so the loader never looks for it.
    /// </summary>
    private const string MentionedOnly = "_ZSt21ios_base_library_initv";

    private const int SymbolSize = 24;

    // The high bit of a .gnu.version entry says "hidden"; the rest is the version's index.
    private const int IndexMask = 0x7fff;

    /// <summary>The first symbol of the version <paramref name="index"/> that the file cannot run without, or null.</summary>
    public static string? FindNeededSymbol(ElfFile elf, ushort index)
    {
        var versions = elf.Find(SectionType.SymbolVersions)
            ?? throw new InvalidDataException("found no section SHT_GNU_versym, expected one beside SHT_GNU_verneed");
        var symbols = elf.LinkOf(versions, SectionType.DynamicSymbols);
        var strings = elf.LinkOf(symbols, SectionType.StringTable).Content;
        RequireOneVersionPerSymbol(versions, symbols);

        var relocated = new Lazy<HashSet<uint>>(() => RelocatedSymbols(elf, symbols));
        for (uint symbol = 0; symbol < symbols.Content.Length / SymbolSize; symbol++)
        {
            if ((versions.Content.UInt16(symbol * 2L, "a symbol's version") & IndexMask) != (index & IndexMask))
                continue;

            var name = strings.Text(symbols.Content.UInt32((long)symbol * SymbolSize, "st_name"), "a symbol's name");
            if (name != MentionedOnly || relocated.Value.Contains(symbol))
                return name;
        }

        return null;
    }

    private static void RequireOneVersionPerSymbol(ElfSection versions, ElfSection symbols)
    {
        var (versionCount, symbolCount) = (versions.Content.Length / 2, symbols.Content.Length / SymbolSize);
        if (versionCount != symbolCount)
            throw new InvalidDataException($"found {versionCount} entries in {versions.Content.Name}, expected {symbolCount}, one for each dynamic symbol");
    }

    /// <summary>The indices of all dynamic symbols that a relocation refers to.</summary>
    private static HashSet<uint> RelocatedSymbols(ElfFile elf, ElfSection symbols)
    {
        var relocated = new HashSet<uint>();
        foreach (var section in elf.Sections)
        {
            // Others, such as those that a linker was told to keep, are not the loader's business.
            var isTheLoaders = section.Link < elf.Sections.Count && ReferenceEquals(elf.Sections[(int)section.Link], symbols);
            if (!isTheLoaders || EntrySize(section) is not { } entrySize)
                continue;

            for (long entry = 0; entry < section.Content.Length; entry += entrySize)
                relocated.Add((uint)(section.Content.UInt64(entry + 8, "r_info") >> 32));
        }

        return relocated;
    }

    private static int? EntrySize(ElfSection section) => section.Type switch
    {
        SectionType.Relocations => 16,
        SectionType.RelocationsWithAddend => 24,
        _ => null,
    };
}
