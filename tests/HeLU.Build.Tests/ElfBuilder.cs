using System.Text;

namespace Helu.Build.Tests;

/// <summary>
/// Writes a 64-bit little-endian shared object that has nothing but symbol versions, by the System V ABI and the Linux Standard Base:
/// .dynstr, .dynsym, .gnu.version, .rela.dyn, and where asked for .gnu.version_r and .gnu.version_d.
/// </summary>
internal sealed class ElfBuilder
{
    private const int FileHeaderSize = 64;
    private const int SectionHeaderSize = 64;

    private readonly List<(string Name, ushort Version)> _symbols = [("", 0)];
    private readonly List<(string Library, (string Version, ushort Index)[] Versions)> _needs = [];
    private readonly List<string> _definitions = [];
    private readonly List<uint> _relocatedSymbols = [];
    private readonly List<byte> _dynstr = [0];
    private ushort _machine = 62;
    private bool _sectionTableFirst;

    public ElfBuilder Machine(ushort machine)
    {
        _machine = machine;
        return this;
    }

    /// <summary>Puts the section table before the sections, where a truncated file still has it. Linkers put it last.</summary>
    public ElfBuilder SectionTableFirst()
    {
        _sectionTableFirst = true;
        return this;
    }

    public ElfBuilder Needs(string library, params (string Version, ushort Index)[] versions)
    {
        _needs.Add((library, versions));
        return this;
    }

    public ElfBuilder Defines(params string[] versions)
    {
        _definitions.AddRange(versions);
        return this;
    }

    /// <param name="name">Its mangled name.</param>
    /// <param name="version">The index of its version, as given to <see cref="Needs"/>.</param>
    /// <param name="relocated">Whether a relocation refers to it.</param>
    public ElfBuilder Symbol(string name, ushort version, bool relocated = false)
    {
        if (relocated)
            _relocatedSymbols.Add((uint)_symbols.Count);
        _symbols.Add((name, version));
        return this;
    }

    public ElfImage Build()
    {
        var versionFlags = new Dictionary<string, int>();
        const uint dynstr = 1, dynsym = 2;
        List<Section> sections =
        [
            new("", 0, 0, 0, []),
            new(".dynstr", 3, 0, 0, []),
            new(".dynsym", 11, dynstr, 1, DynamicSymbols()),
            new(".gnu.version", 0x6fffffff, dynsym, 0, Bytes(_symbols.Select(symbol => symbol.Version), (writer, version) => writer.Write(version))),
            new(".rela.dyn", 4, dynsym, 0, Relocations()),
        ];
        if (_needs.Count > 0)
            sections.Add(new(".gnu.version_r", 0x6ffffffe, dynstr, (uint)_needs.Count, VersionNeeds(versionFlags)));
        if (_definitions.Count > 0)
            sections.Add(new(".gnu.version_d", 0x6ffffffd, dynstr, (uint)_definitions.Count, VersionDefinitions()));
        sections[1] = sections[1] with { Content = [.. _dynstr] };

        return Lay(sections, versionFlags);
    }

    private ElfImage Lay(List<Section> sections, Dictionary<string, int> versionFlags)
    {
        var tableSize = sections.Count * SectionHeaderSize;
        var contentStart = FileHeaderSize + (_sectionTableFirst ? tableSize : 0);
        var offsets = new Dictionary<string, int>();
        var end = contentStart;
        foreach (var section in sections)
        {
            offsets[section.Name] = end;
            end += section.Content.Length;
        }

        var tableStart = _sectionTableFirst ? FileHeaderSize : end;
        var bytes = new byte[end + (_sectionTableFirst ? 0 : tableSize)];
        FileHeader(tableStart, sections.Count).CopyTo(bytes, 0);
        for (var i = 0; i < sections.Count; i++)
        {
            SectionHeader(sections[i], offsets[sections[i].Name]).CopyTo(bytes, tableStart + (i * SectionHeaderSize));
            sections[i].Content.CopyTo(bytes, offsets[sections[i].Name]);
        }

        return new ElfImage(
            bytes,
            offsets,
            sections.Select((section, i) => (section.Name, tableStart + (i * SectionHeaderSize))).ToDictionary(),
            versionFlags.ToDictionary(flags => flags.Key, flags => flags.Value + offsets[".gnu.version_r"]));
    }

    private byte[] FileHeader(int tableStart, int sectionCount) => Write(writer =>
    {
        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // e_ident
        writer.Write((ushort)3); // e_type: ET_DYN
        writer.Write(_machine);
        writer.Write(1u); // e_version
        writer.Write(0ul); // e_entry
        writer.Write(0ul); // e_phoff
        writer.Write((ulong)tableStart); // e_shoff
        writer.Write(0u); // e_flags
        writer.Write((ushort)FileHeaderSize); // e_ehsize
        writer.Write((ushort)0); // e_phentsize
        writer.Write((ushort)0); // e_phnum
        writer.Write((ushort)SectionHeaderSize); // e_shentsize
        writer.Write((ushort)sectionCount); // e_shnum
        writer.Write((ushort)0); // e_shstrndx: sections are nameless
    });

    private static byte[] SectionHeader(Section section, int offset) => Write(writer =>
    {
        writer.Write(0u); // sh_name
        writer.Write(section.Type);
        writer.Write(0ul); // sh_flags
        writer.Write(0ul); // sh_addr
        writer.Write((ulong)offset);
        writer.Write((ulong)section.Content.Length);
        writer.Write(section.Link);
        writer.Write(section.Info);
        writer.Write(1ul); // sh_addralign
        writer.Write(0ul); // sh_entsize
    });

    private byte[] DynamicSymbols() => Bytes(_symbols, (writer, symbol) =>
    {
        writer.Write(StringOffset(symbol.Name));
        writer.Write((byte)0x12); // st_info: STB_GLOBAL, STT_FUNC
        writer.Write((byte)0); // st_other
        writer.Write((ushort)0); // st_shndx: SHN_UNDEF
        writer.Write(0ul); // st_value
        writer.Write(0ul); // st_size
    });

    private byte[] Relocations() => Bytes(_relocatedSymbols, (writer, symbol) =>
    {
        writer.Write(0ul); // r_offset
        writer.Write(((ulong)symbol << 32) | 6); // r_info: R_X86_64_GLOB_DAT
        writer.Write(0ul); // r_addend
    });

    private byte[] VersionNeeds(Dictionary<string, int> versionFlags) => Write(writer =>
    {
        foreach (var (library, versions) in _needs)
        {
            writer.Write((ushort)1); // vn_version
            writer.Write((ushort)versions.Length); // vn_cnt
            writer.Write(StringOffset(library)); // vn_file
            writer.Write(16u); // vn_aux
            writer.Write(library == _needs[^1].Library ? 0u : 16u + (16u * (uint)versions.Length)); // vn_next
            foreach (var (version, index) in versions)
            {
                writer.Write(0u); // vna_hash
                versionFlags[version] = (int)writer.BaseStream.Position;
                writer.Write((ushort)0); // vna_flags
                writer.Write(index); // vna_other
                writer.Write(StringOffset(version)); // vna_name
                writer.Write(version == versions[^1].Version ? 0u : 16u); // vna_next
            }
        }
    });

    private byte[] VersionDefinitions() => Bytes(_definitions, (writer, version) =>
    {
        writer.Write((ushort)1); // vd_version
        writer.Write((ushort)0); // vd_flags
        writer.Write((ushort)2); // vd_ndx
        writer.Write((ushort)1); // vd_cnt
        writer.Write(0u); // vd_hash
        writer.Write(20u); // vd_aux
        writer.Write(version == _definitions[^1] ? 0u : 28u); // vd_next
        writer.Write(StringOffset(version)); // vda_name
        writer.Write(0u); // vda_next
    });

    private uint StringOffset(string text)
    {
        if (text.Length == 0)
            return 0;

        var offset = (uint)_dynstr.Count;
        _dynstr.AddRange([.. Encoding.ASCII.GetBytes(text), 0]);
        return offset;
    }

    private static byte[] Bytes<T>(IEnumerable<T> items, Action<BinaryWriter, T> write) => Write(writer =>
    {
        foreach (var item in items)
            write(writer, item);
    });

    private static byte[] Write(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }

    private sealed record Section(string Name, uint Type, uint Link, uint Info, byte[] Content);
}
