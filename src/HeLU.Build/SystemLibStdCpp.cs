using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Helu.Build;

/// <summary>The libstdc++ that this machine's loader would take.</summary>
internal static class SystemLibStdCpp
{
    private static readonly string[] StandardDirectories =
    [
        "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
        "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
        "/lib64", "/usr/lib64", "/lib", "/usr/lib",
    ];

    // Not on the PATH of an ordinary user in Debian.
    private static readonly string[] LdConfigPaths = ["/sbin/ldconfig", "/usr/sbin/ldconfig"];

    /// <summary>Whether it defines <paramref name="version"/>. False where none is found.</summary>
    public static bool Defines(string version) => Defines(
        version,
        Candidates(Environment.GetEnvironmentVariable("LD_LIBRARY_PATH"), LoaderCache()),
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? ElfFile.AArch64 : ElfFile.X64);

    /// <summary>Whether the first of the files that the loader would not pass over defines <paramref name="version"/>.</summary>
    internal static bool Defines(string version, IEnumerable<string> candidates, ushort machine)
    {
        foreach (var candidate in candidates.Where(File.Exists))
        {
            if (VersionsOf(candidate, machine) is { } versions)
                return versions.Contains(version);
        }

        return false;
    }

    /// <summary>Where the loader looks, in its order (ld.so(8)).</summary>
    internal static IEnumerable<string> Candidates(string? libraryPath, string loaderCache)
    {
        var fromEnvironment = (libraryPath ?? "").Split([':', ';'], StringSplitOptions.RemoveEmptyEntries);
        return fromEnvironment.Select(InDirectory)
            .Concat(FromLoaderCache(loaderCache))
            .Concat(StandardDirectories.Select(InDirectory));

        static string InDirectory(string directory) => Path.Combine(directory, LibStdCppRequirement.Library);
    }

    // A line of `ldconfig -p` is: libstdc++.so.6 (libc6,x86-64) => /lib/x86_64-linux-gnu/libstdc++.so.6
    private static IEnumerable<string> FromLoaderCache(string loaderCache) =>
        from line in loaderCache.Split('\n')
        let arrow = line.IndexOf(" => ", StringComparison.Ordinal)
        where arrow > 0 && line.TrimStart().StartsWith(LibStdCppRequirement.Library + " ", StringComparison.Ordinal)
        select line.Substring(arrow + 4).Trim();

    /// <summary>Null for a file that the loader passes over: another machine's, or no library at all.</summary>
    private static IReadOnlyList<string>? VersionsOf(string path, ushort machine)
    {
        try
        {
            var elf = ElfFile.Read(File.ReadAllBytes(path));
            return elf.Machine == machine ? ElfVersionDefinitions.Read(elf) : null;
        }
        catch (Exception passedOver) when (passedOver is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string LoaderCache()
    {
        if (LdConfigPaths.FirstOrDefault(File.Exists) is not { } ldconfig)
            return "";

        try
        {
            using var process = Process.Start(new ProcessStartInfo(ldconfig, "-p") { RedirectStandardOutput = true, UseShellExecute = false });
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            // It cannot be run here; the standard directories remain.
            return "";
        }
    }
}
