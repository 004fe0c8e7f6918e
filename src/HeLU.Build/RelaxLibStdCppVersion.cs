using System.Runtime.InteropServices;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Helu.Build;

/// <summary>
/// Makes copies of a native library load on a Linux whose libstdc++ is older than the one the library was linked with, by marking the
/// requirement of that version as weak. Only where nothing in the library depends on the version.
/// </summary>
/// <remarks>
/// TorchSharp 0.107's libLibTorchSharp.so asks for GLIBCXX_3.4.32 (GCC 13) and uses nothing of it. Without this it does not load on
/// Debian 12, Ubuntu 22.04 or RHEL 9. Other operating systems, and systems with a newer libstdc++, are left alone.
/// </remarks>
public sealed class RelaxLibStdCppVersion : Task
{
    /// <summary>The copies of the library. Links among them become real files; what they link to is not changed.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The version of libstdc++ that need not be there.</summary>
    public string Version { get; set; } = "GLIBCXX_3.4.32";

    /// <summary>Whether this machine's libstdc++ has a version; tests put in another answer.</summary>
    internal Func<string, bool> SystemDefines { get; set; } = SystemLibStdCpp.Defines;

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (Files.Length == 0 || !RuntimeInformation.IsOSPlatform(OSPlatform.Linux) || SystemDefines(Version))
            return true;

        foreach (var file in Files)
            Relax(file.GetMetadata("FullPath"));
        return !Log.HasLoggedErrors;
    }

    private void Relax(string path)
    {
        try
        {
            switch (LibStdCppRequirement.Read(File.ReadAllBytes(path), Version))
            {
                case LibStdCppRequirement.Removable(var need):
                    FileReplacement.WriteUInt16(path, need.FlagsOffset, (ushort)(need.Flags | VersionNeed.WeakFlag));
                    Log.LogMessage(MessageImportance.Low, "{0}: the requirement of {1} is now weak.", path, Version);
                    break;
                case LibStdCppRequirement.Necessary(var symbol):
                    Error(path, $"found the symbol {symbol} of {Version}, expected that nothing in the file uses that version, which this system's libstdc++ lacks");
                    break;
            }
        }
        catch (InvalidDataException malformed)
        {
            Error(path, malformed.Message);
        }
        catch (Exception inaccessible) when (inaccessible is IOException or UnauthorizedAccessException)
        {
            Error(path, $"cannot be read or replaced: {inaccessible.Message}");
        }
    }

    private void Error(string path, string problem) => Log.LogError(
        subcategory: null, errorCode: null, helpKeyword: null, file: path, lineNumber: 0, columnNumber: 0, endLineNumber: 0, endColumnNumber: 0,
        "{0}. The file was left as it is. Install a libstdc++ that has {1} (GCC 13 or later), or leave the file alone with <HeluPatchTorchSharp>false</HeluPatchTorchSharp>.",
        problem,
        Version);
}
