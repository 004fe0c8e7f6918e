using System.Diagnostics;
using System.Reflection;

namespace Helu.Package.Tests;

/// <summary>A user's folder outside of the repository: projects that install the packed files into an empty package folder of their own.</summary>
public sealed class UserFolder : IDisposable
{
    private static readonly Dictionary<string, string> s_metadata = typeof(UserFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(metadata => metadata.Key, metadata => metadata.Value!);

    public UserFolder()
    {
        Write(
            "nuget.config",
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="packed" value="{PackedFolder}" /></packageSources>
              <!-- TorchSharp and libtorch are 1.2 GB: taken from where they already stand. Our packages are never there. -->
              <fallbackPackageFolders><add key="machine" value="{s_metadata["PackageFolder"]}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Where the build of this project put the packages.</summary>
    public static string PackedFolder => s_metadata["PackedFolder"];

    public static string Version => s_metadata["PackedVersion"];

    public string Path { get; } = Directory.CreateTempSubdirectory("helu-user-").FullName;

    /// <summary>What a project writes to run TorchSharp on one platform without copies of libtorch, on systems with an older libstdc++ too.</summary>
    public static string RunsTorchSharp =>
        """
            <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <CreateSymbolicLinksForCopyLocalIfPossible>true</CreateSymbolicLinksForCopyLocalIfPossible>
            <HeluPatchTorchSharp>true</HeluPatchTorchSharp>
        """;

    public static string Libtorch => Package("TorchSharp-cpu", "0.107.0");

    public static string Package(string id, string version) => $"<PackageReference Include=\"{id}\" Version=\"{version}\" />";

    /// <summary>A project file.</summary>
    public static string Project(string outputType, string properties, params string[] items) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>{outputType}</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <NoWarn>$(NoWarn);NU1603</NoWarn>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {string.Join('\n', items)}
          </ItemGroup>
        </Project>
        """;

    public void Write(string file, string text)
    {
        string path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    /// <summary>Runs the dotnet command in a sub-folder; a non-zero exit fails the test with everything that was printed.</summary>
    public string Dotnet(string folder, params string[] arguments) => Execute(folder, DotnetPath, arguments).Output;

    /// <summary>Runs a program in a sub-folder, an assembly by the dotnet command. Besides what it printed, the time until its first line.</summary>
    public (string Output, TimeSpan FirstLine) Run(string folder, string program, params string[] arguments)
    {
        string path = System.IO.Path.Combine(Path, folder, program);
        return path.EndsWith(".dll", StringComparison.Ordinal) ? Execute(folder, DotnetPath, [path, .. arguments]) : Execute(folder, path, arguments);
    }

    /// <summary>The names of all files in a sub-folder, with the folders in it.</summary>
    public string[] Files(string folder)
    {
        string root = System.IO.Path.Combine(Path, folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string DotnetPath => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private (string Output, TimeSpan FirstLine) Execute(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = System.IO.Path.Combine(Path, folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test run's own build must not steer this one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        var watch = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string firstLine = process.StandardOutput.ReadLine() ?? "";
        TimeSpan firstLineTime = watch.Elapsed;
        string output = firstLine + "\n" + process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} exited {process.ExitCode}:\n{output}");
        return (output, firstLineTime);
    }
}
