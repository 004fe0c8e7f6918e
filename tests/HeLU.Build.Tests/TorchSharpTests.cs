using TorchSharp;

namespace Helu.Build.Tests;

/// <summary>This project imports RunsTorchSharp.props, as each one here that runs TorchSharp does.</summary>
public sealed class TorchSharpTests
{
    [Fact]
    public void Loads_and_computes()
    {
        using var values = torch.tensor([1f, 2f]);
        using var sum = values.sum();

        Assert.Equal(3f, sum.item<float>());
    }

    [LinuxFact]
    public void Libtorch_is_linked_to_and_the_library_that_may_be_patched_has_its_requirement_met()
    {
        Assert.NotNull(new FileInfo(Path.Combine(AppContext.BaseDirectory, "libtorch_cpu.so")).LinkTarget);

        var library = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        Assert.True(
            SystemLibStdCpp.Defines(Sample.Version)
            || LibStdCppRequirement.Read(File.ReadAllBytes(library), Sample.Version) is LibStdCppRequirement.None);
    }
}
