namespace Helu.Build.Tests;

/// <summary>Libraries like the ones that the task meets.</summary>
internal static class Sample
{
    public const string Version = "GLIBCXX_3.4.32";

    /// <summary>Mentioned by every file that includes &lt;iostream&gt; of GCC 13, and used by none.</summary>
    public const string MentionedSymbol = "_ZSt21ios_base_library_initv";

    /// <summary>Like libLibTorchSharp.so 0.107: among other versions it asks for <see cref="Version"/>, and uses nothing of it.</summary>
    public static ElfBuilder TorchSharpLike() => WithoutSymbolsOfTheVersion().Symbol(MentionedSymbol, 4);

    public static ElfBuilder WithoutSymbolsOfTheVersion() => new ElfBuilder()
        .Needs("libm.so.6", ("GLIBC_2.2.5", 2))
        .Needs("libstdc++.so.6", ("GLIBCXX_3.4.30", 3), (Version, 4), ("CXXABI_1.3.13", 5))
        .Needs("libc.so.6", ("GLIBC_2.34", 6))
        .Symbol("expf", 2, relocated: true)
        .Symbol("_ZSt28__throw_bad_array_new_lengthv", 3, relocated: true);
}
