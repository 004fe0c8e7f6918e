using System.IO.Compression;
using System.Xml.Linq;

namespace Helu.Package.Tests;

public class PackageContentTests
{
    [Theory]
    [InlineData("HeLU.Generators", "analyzers/dotnet/cs/HeLU.Generators.dll")]
    [InlineData("HeLU.Generators", "analyzers/dotnet/cs/HeLU.Analyzers.dll")]
    [InlineData("HeLU.Generators", "analyzers/dotnet/cs/HeLU.CodeFixes.dll")]
    [InlineData("HeLU.Generators", "buildTransitive/HeLU.Generators.targets")]
    [InlineData("HeLU.Generators", "buildTransitive/HeLU.InferenceOnly.targets")]
    [InlineData("HeLU.Generators", "lib/net10.0/HeLU.Abstractions.dll")]
    [InlineData("HeLU.Generators", "lib/net10.0/HeLU.Abstractions.xml")]
    [InlineData("HeLU.Generators", "docs/HELU0001.md")]
    [InlineData("HeLU.Generators", "README.md")]
    [InlineData("HeLU.Inference", "lib/net10.0/HeLU.Inference.dll")]
    [InlineData("HeLU.Inference", "lib/net10.0/HeLU.Inference.xml")]
    [InlineData("HeLU.Inference", "README.md")]
    [InlineData("HeLU", "lib/net10.0/HeLU.dll")]
    [InlineData("HeLU", "lib/net10.0/HeLU.xml")]
    [InlineData("HeLU", "buildTransitive/HeLU.targets")]
    [InlineData("HeLU", "tasks/netstandard2.0/HeLU.Build.dll")]
    [InlineData("HeLU", "README.md")]
    [InlineData("HeLU.Onnx", "lib/net10.0/HeLU.Onnx.dll")]
    [InlineData("HeLU.Onnx", "lib/net10.0/HeLU.Onnx.xml")]
    [InlineData("HeLU.Onnx", "README.md")]
    [InlineData("HeLU.Monitoring", "lib/net10.0/HeLU.Monitoring.dll")]
    [InlineData("HeLU.Monitoring", "lib/net10.0/HeLU.Monitoring.xml")]
    [InlineData("HeLU.Monitoring", "licenses/DejaVuSans.txt")]
    [InlineData("HeLU.Monitoring", "README.md")]
    public void APackageHoldsWhatItsUsersNeed(string package, string file) => Assert.Contains(file, Files($"{package}.{UserFolder.Version}.nupkg"));

    [Theory]
    [InlineData("HeLU.Generators", "lib/net10.0/HeLU.Abstractions.pdb")]
    [InlineData("HeLU.Inference", "lib/net10.0/HeLU.Inference.pdb")]
    [InlineData("HeLU", "lib/net10.0/HeLU.pdb")]
    [InlineData("HeLU.Onnx", "lib/net10.0/HeLU.Onnx.pdb")]
    [InlineData("HeLU.Monitoring", "lib/net10.0/HeLU.Monitoring.pdb")]
    public void SymbolsAreInAPackageBesideIt(string package, string file) => Assert.Contains(file, Files($"{package}.{UserFolder.Version}.snupkg"));

    [Fact]
    public void HeluDependsOnTheGeneratorsTheInferenceRuntimeAndTorchSharpButNotOnLibtorch()
    {
        Assert.Equal(["HeLU.Generators", "HeLU.Inference", "TorchSharp"], Dependencies("HeLU").Order());
        Assert.Equal(["HeLU.Generators"], Dependencies("HeLU.Inference"));
        Assert.Empty(Dependencies("HeLU.Generators"));
    }

    [Fact]
    public void ProtobufComesWithOnnxAlone() => Assert.Equal(["Google.Protobuf", "HeLU"], Dependencies("HeLU.Onnx").Order());

    [Fact]
    public void PlotsAndTablesComeWithMonitoringAlone() => Assert.Equal(["HeLU", "ScottPlot", "Spectre.Console"], Dependencies("HeLU.Monitoring").Order());

    [Theory]
    [InlineData("HeLU.Generators")]
    [InlineData("HeLU.Inference")]
    [InlineData("HeLU")]
    [InlineData("HeLU.Onnx")]
    [InlineData("HeLU.Monitoring")]
    public void TheLicenceIsNamed(string package) =>
        Assert.Equal("MIT", Nuspec(package).Descendants().Single(element => element.Name.LocalName == "license").Value);

    private static IEnumerable<string> Dependencies(string package) =>
        Nuspec(package).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);

    private static XDocument Nuspec(string package)
    {
        using ZipArchive archive = Open($"{package}.{UserFolder.Version}.nupkg");
        using Stream nuspec = archive.GetEntry(package + ".nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    private static string[] Files(string file)
    {
        using ZipArchive archive = Open(file);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static ZipArchive Open(string file) => ZipFile.OpenRead(Path.Combine(UserFolder.PackedFolder, file));
}
