namespace Helu.Build;

/// <summary>What is to be done about a library's requirement of a version of libstdc++.</summary>
internal abstract record LibStdCppRequirement
{
    /// <summary>The name under which every program since GCC 3.4 asks for the C++ standard library.</summary>
    public const string Library = "libstdc++.so.6";

    private LibStdCppRequirement()
    {
    }

    /// <summary>The file does not ask for the version, or only weakly.</summary>
    public sealed record None : LibStdCppRequirement;

    /// <summary>The file asks for the version, and nothing in it depends on it.</summary>
    /// <param name="Need">Where it asks.</param>
    public sealed record Removable(VersionNeed Need) : LibStdCppRequirement;

    /// <summary>The file asks for the version and depends on it.</summary>
    /// <param name="Symbol">What it takes from it.</param>
    public sealed record Necessary(string Symbol) : LibStdCppRequirement;

    /// <summary>Reads the requirement from a 64-bit little-endian ELF file.</summary>
    /// <exception cref="InvalidDataException">The file is something else, or malformed.</exception>
    public static LibStdCppRequirement Read(byte[] file, string version)
    {
        var elf = ElfFile.Read(file);
        var need = ElfVersionNeeds.Read(elf).FirstOrDefault(need => need.Library == Library && need.Version == version);
        if (need is null || need.IsWeak)
            return new None();

        return ElfVersionUse.FindNeededSymbol(elf, need.Index) is { } symbol ? new Necessary(symbol) : new Removable(need);
    }
}
