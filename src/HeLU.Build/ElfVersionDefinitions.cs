namespace Helu.Build;

/// <summary>Reads <c>.gnu.version_d</c>.</summary>
internal static class ElfVersionDefinitions
{
    private const int EntrySize = 20;

    /// <summary>The name of every version that <paramref name="elf"/> defines, in the file's order.</summary>
    public static IReadOnlyList<string> Read(ElfFile elf)
    {
        if (elf.Find(SectionType.VersionDefinitions) is not { } section)
            return [];

        var content = section.Content;
        var strings = elf.LinkOf(section, SectionType.StringTable).Content;
        var names = new List<string>();
        long definition = 0;
        for (uint i = 0; i < section.Info; i++)
        {
            // The first vd_aux entry is the version's own name; those after it are its predecessors.
            var name = definition + content.UInt32(definition + 12, "vd_aux");
            names.Add(strings.Text(content.UInt32(name, "vda_name"), "the version's name"));

            var step = content.UInt32(definition + 16, "vd_next");
            if (step < EntrySize && i < section.Info - 1)
                throw new InvalidDataException($"found vd_next {step} at file offset 0x{content.FileOffset(definition + 16):x}, expected at least {EntrySize}");
            definition += step;
        }

        return names;
    }
}
