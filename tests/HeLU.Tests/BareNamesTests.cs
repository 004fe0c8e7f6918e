using static Helu.TorchExtensions;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Somebody.Elses.Project;

public sealed class BareNamesTests
{
    [Fact]
    public void The_bare_names_stand_beside_TorchSharps()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([-1f, 2f]);

        Assert.Equal(relu(x), helu(x, 0.1));
        Assert.Equal(ReLU().call(x), HeLU(0.1).call(x));
    }
}
