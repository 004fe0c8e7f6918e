namespace Helu.Build;

/// <summary>A line of an ELF section table.</summary>
/// <param name="Type"><c>sh_type</c>.</param>
/// <param name="Link"><c>sh_link</c>: the section that this one refers to, such as its string table.</param>
/// <param name="Info"><c>sh_info</c>: for version sections, the number of entries.</param>
/// <param name="Content">The section's bytes; empty for a section that takes no space in the file.</param>
internal sealed record ElfSection(uint Type, uint Link, uint Info, ByteWindow Content);
