using System.Buffers.Binary;

namespace Helu.Build.Tests;

/// <summary>A file that is not what it should be is an error that says what was found, and nothing else.</summary>
public sealed class MalformedElfTests
{
    private static readonly ElfImage Good = Sample.TorchSharpLike().Build();

    [Fact]
    public void Text_is_not_an_ELF_file() => AssertMalformed("#!/bin/sh\nexit 0\n"u8.ToArray(), "ELF magic number", "0x464c457f");

    [Fact]
    public void An_empty_file_is_not_an_ELF_file() => AssertMalformed([], "end of the file", "ELF magic number");

    [Fact]
    public void A_32_bit_file_is_refused() => AssertMalformed(Good.With(4, 1), "0x1", "EI_CLASS", "0x2");

    [Fact]
    public void A_big_endian_file_is_refused() => AssertMalformed(Good.With(5, 2), "0x2", "EI_DATA", "0x1");

    [Fact]
    public void A_file_without_a_section_table_is_refused() => AssertMalformed(Good.With(0x28, new byte[8]), "e_shoff", "expected a section table");

    [Fact]
    public void A_section_table_beyond_the_file_is_refused() =>
        AssertMalformed(Good.With(0x28, UInt64(ulong.MaxValue - 8)), "the section table", "0xfffffffffffffff7");

    [Theory]
    [InlineData(".dynstr")]
    [InlineData(".dynsym")]
    [InlineData(".gnu.version")]
    [InlineData(".gnu.version_r")]
    public void A_section_beyond_the_file_is_refused(string section) =>
        AssertMalformed(Good.With(Good.Headers[section] + 24, UInt64(ulong.MaxValue)), "0xffffffffffffffff", "to lie within the file");

    [Theory]
    [InlineData(".dynsym")]
    [InlineData(".gnu.version")]
    [InlineData(".gnu.version_r")]
    public void A_link_to_a_section_that_is_not_there_is_refused(string section) =>
        AssertMalformed(Good.With(Good.Headers[section] + 40, UInt32(1000)), "sh_link 1000", "expected less than 6");

    [Fact]
    public void A_link_to_the_wrong_section_is_refused() =>
        AssertMalformed(Good.With(Good.Headers[".gnu.version_r"] + 40, UInt32(2)), "SHT_DYNSYM", "expected SHT_STRTAB");

    [Fact]
    public void A_chain_of_libraries_that_leads_back_to_its_start_is_refused()
    {
        // The second library's vn_next, as a signed number, leads back to the first.
        var second = Good.Sections[".gnu.version_r"] + 32;

        AssertMalformed(Good.With(second + 12, UInt32(unchecked((uint)-32))), "end of section 5 (SHT_GNU_verneed)");
    }

    [Fact]
    public void A_chain_of_libraries_that_stays_where_it_is_is_refused() =>
        AssertMalformed(Good.With(Good.Sections[".gnu.version_r"] + 12, UInt32(0)), "vn_next 0", "expected at least 16");

    [Fact]
    public void A_chain_of_libraries_that_is_longer_than_its_count_is_refused() =>
        AssertMalformed(Good.With(Good.Headers[".gnu.version_r"] + 44, UInt32(2)), "vn_next", "expected 0");

    [Fact]
    public void A_chain_of_versions_that_leads_back_to_its_start_is_refused() =>
        AssertMalformed(Good.With(Good.VersionFlags[Sample.Version] + 8, UInt32(unchecked((uint)-16))), "end of section 5");

    [Fact]
    public void A_chain_of_versions_that_stays_where_it_is_is_refused() =>
        AssertMalformed(Good.With(Good.VersionFlags[Sample.Version] + 8, UInt32(0)), "vna_next 0", "expected at least 16");

    [Fact]
    public void Libraries_that_share_their_versions_to_make_the_reading_long_are_refused()
    {
        // 1000 libraries of 1000 versions each would be a million, all within 32 kB.
        var many = new ElfBuilder();
        for (ushort i = 0; i < 1000; i++)
            many.Needs($"lib{i}.so", ("V", i));
        var image = many.Build();
        var bytes = image.Bytes;
        for (var i = 0; i < 1000; i++)
        {
            var library = image.Sections[".gnu.version_r"] + (i * 32);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(library + 2), (ushort)(1000 - i));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(library + 16 + 12), i == 999 ? 0u : 32u);
        }

        AssertMalformed(bytes, "found more than 2000 versions");
    }

    [Fact]
    public void A_name_beyond_the_string_table_is_refused() =>
        AssertMalformed(Good.With(Good.VersionFlags[Sample.Version] + 4, UInt32(0xffffff)), "end of section 1 (SHT_STRTAB)", "the version's name");

    [Fact]
    public void A_name_without_an_end_is_refused()
    {
        var image = new ElfBuilder().Needs("libstdc++.so.6", (Sample.Version, 2)).Build();
        var nextAfterStrings = image.Sections[".dynsym"];

        AssertMalformed(image.With(nextAfterStrings - 1, (byte)'!'), "no zero byte", "the version's name");
    }

    [Fact]
    public void Fewer_symbol_versions_than_symbols_are_refused() =>
        AssertMalformed(Good.With(Good.Headers[".gnu.version"] + 32, UInt64(4)), "found 2 entries", "expected 4");

    [Fact]
    public void A_requirement_without_symbol_versions_is_refused() =>
        AssertMalformed(Good.With(Good.Headers[".gnu.version"] + 4, UInt32(1)), "no section SHT_GNU_versym");

    [Fact]
    public void A_file_truncated_at_any_length_is_refused()
    {
        for (var length = 0; length < Good.Bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => Read(Good.Bytes[..length]));
    }

    [Fact]
    public void A_file_with_its_section_table_first_is_refused_when_truncated_at_any_length()
    {
        var image = Sample.TorchSharpLike().SectionTableFirst().Build();
        Assert.IsType<LibStdCppRequirement.Removable>(Read(image.Bytes));

        for (var length = 0; length < image.Bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => Read(image.Bytes[..length]));
    }

    [Fact]
    public void A_change_of_any_one_byte_is_read_or_refused()
    {
        for (var offset = 0; offset < Good.Bytes.Length; offset++)
        {
            foreach (byte value in new[] { 0, 1, 2, 0x7f, 0x80, 0xff, Good.Bytes[offset] + 1, Good.Bytes[offset] - 1 }.Select(value => unchecked((byte)value)))
                AssertReadsOrIsMalformed(Good.With(offset, value));
        }
    }

    private static LibStdCppRequirement Read(byte[] file) => LibStdCppRequirement.Read(file, Sample.Version);

    private static void AssertReadsOrIsMalformed(byte[] file)
    {
        if (Record.Exception(() => Read(file)) is { } exception)
            Assert.IsType<InvalidDataException>(exception);
    }

    private static void AssertMalformed(byte[] file, params string[] messageParts)
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(file)).Message;
        Assert.All(messageParts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] UInt64(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
