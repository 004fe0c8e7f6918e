namespace Helu.Build;

/// <summary>The values of <c>sh_type</c> that are read here.</summary>
internal static class SectionType
{
    public const uint Null = 0;
    public const uint StringTable = 3;
    public const uint RelocationsWithAddend = 4;
    public const uint NoBits = 8;
    public const uint Relocations = 9;
    public const uint DynamicSymbols = 11;
    public const uint VersionDefinitions = 0x6ffffffd;
    public const uint VersionNeeds = 0x6ffffffe;
    public const uint SymbolVersions = 0x6fffffff;

    /// <summary>For messages: the name that readers of ELF know.</summary>
    public static string NameOf(uint type) => type switch
    {
        Null => "SHT_NULL",
        StringTable => "SHT_STRTAB",
        RelocationsWithAddend => "SHT_RELA",
        NoBits => "SHT_NOBITS",
        Relocations => "SHT_REL",
        DynamicSymbols => "SHT_DYNSYM",
        VersionDefinitions => "SHT_GNU_verdef",
        VersionNeeds => "SHT_GNU_verneed",
        SymbolVersions => "SHT_GNU_versym",
        _ => $"sh_type 0x{type:x}",
    };
}
