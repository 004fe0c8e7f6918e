namespace Helu.Build.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("helu-build-").FullName;

    public IEnumerable<string?> FileNames => Directory.GetFiles(Path).Select(System.IO.Path.GetFileName);

    /// <returns>The new file's path.</returns>
    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
