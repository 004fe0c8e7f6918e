namespace Helu.Package.Tests;

/// <summary>A test that publishes with NativeAOT, which links with the C compiler of the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinkerFactAttribute : FactAttribute
{
    public LinkerFactAttribute() =>
        Skip = OperatingSystem.IsWindows() || HasProgram("clang") || HasProgram("gcc") ? null : "NativeAOT needs clang or gcc, and this machine has neither.";

    private static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
