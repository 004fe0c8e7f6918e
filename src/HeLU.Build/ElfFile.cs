namespace Helu.Build;

/// <summary>The section table of a 64-bit little-endian ELF file.</summary>
/// <remarks>
/// Layouts: System V ABI, "Object Files"; symbol versions: Linux Standard Base Core, "Symbol Versioning".
/// A malformed file throws an <see cref="InvalidDataException"/>.
/// </remarks>
internal sealed class ElfFile
{
    /// <summary><c>EM_X86_64</c>.</summary>
    public const ushort X64 = 62;

    /// <summary><c>EM_AARCH64</c>.</summary>
    public const ushort AArch64 = 183;

    private const int SectionHeaderSize = 64;

    private ElfFile(ushort machine, IReadOnlyList<ElfSection> sections)
    {
        Machine = machine;
        Sections = sections;
    }

    /// <summary><c>e_machine</c>: <see cref="X64"/> or another.</summary>
    public ushort Machine { get; }

    /// <summary>In the table's order: <see cref="ElfSection.Link"/> is an index into it.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    public static ElfFile Read(byte[] bytes)
    {
        var file = ByteWindow.Of(bytes);
        RequireSupportedFormat(file);
        return new ElfFile(file.UInt16(0x12, "e_machine"), ReadSections(file));
    }

    /// <summary>The first section of <paramref name="type"/>, or null. Of the types looked for here a file has one.</summary>
    public ElfSection? Find(uint type) => Sections.FirstOrDefault(section => section.Type == type);

    /// <summary>The section that <paramref name="section"/> links to.</summary>
    public ElfSection LinkOf(ElfSection section, uint expectedType)
    {
        if (section.Link >= Sections.Count)
            throw new InvalidDataException($"found sh_link {section.Link} in {section.Content.Name}, expected less than {Sections.Count}, the number of sections");

        var linked = Sections[(int)section.Link];
        if (linked.Type != expectedType)
        {
            throw new InvalidDataException(
                $"found section {section.Link} of type {SectionType.NameOf(linked.Type)} behind sh_link of {section.Content.Name}, expected {SectionType.NameOf(expectedType)}");
        }

        return linked;
    }

    private static void RequireSupportedFormat(ByteWindow file)
    {
        Require(file.UInt32(0, "the ELF magic number"), 0x464c457f, "the ELF magic number", 0);
        Require(file.UInt8(4, "EI_CLASS"), 2, "EI_CLASS (2 is 64-bit)", 4);
        Require(file.UInt8(5, "EI_DATA"), 1, "EI_DATA (1 is little-endian)", 5);
    }

    private static List<ElfSection> ReadSections(ByteWindow file)
    {
        var start = file.UInt64(0x28, "e_shoff");
        var headerSize = file.UInt16(0x3a, "e_shentsize");
        var count = file.UInt16(0x3c, "e_shnum");
        if (start == 0 || count == 0)
            throw new InvalidDataException($"found e_shnum {count} at file offset 0x3c and e_shoff 0x{start:x} at 0x28, expected a section table");
        Require(headerSize, SectionHeaderSize, "e_shentsize", 0x3a);

        var table = file.Slice(start, (ulong)count * SectionHeaderSize, "the section table");
        var sections = new List<ElfSection>(count);
        for (var i = 0; i < count; i++)
            sections.Add(ReadSection(file, table, i));
        return sections;
    }

    private static ElfSection ReadSection(ByteWindow file, ByteWindow table, int index)
    {
        var header = (long)index * SectionHeaderSize;
        var type = table.UInt32(header + 4, "sh_type");
        var offset = table.UInt64(header + 24, "sh_offset");
        var size = table.UInt64(header + 32, "sh_size");
        var takesSpace = type is not (SectionType.Null or SectionType.NoBits);
        var content = file.Slice(takesSpace ? offset : 0, takesSpace ? size : 0, $"section {index} ({SectionType.NameOf(type)})");
        return new ElfSection(type, table.UInt32(header + 40, "sh_link"), table.UInt32(header + 44, "sh_info"), content);
    }

    private static void Require(uint found, uint expected, string field, int offset)
    {
        if (found != expected)
            throw new InvalidDataException($"found 0x{found:x} as {field} at file offset 0x{offset:x}, expected 0x{expected:x}");
    }
}
