using System.Runtime.CompilerServices;
using Helu.Activations;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>
/// The slope of a ReLU that was made in code annotated with PReLU: a parameter of it named <c>weight</c>, as PReLU's is, so that the model that holds the
/// ReLU has it among its parameters and in its state dict.
/// </summary>
/// <remarks>
/// TorchSharp's <c>to</c> passes a ReLU by: the parameter stays where it was made, in float32 on the CPU, and is brought to the input's type and device, with
/// its gradient, where it is used.
/// </remarks>
internal static class LearnableSlope
{
    public const string Name = "weight";

    /// <summary>Gives <paramref name="relu"/> a slope of <paramref name="init"/> that training changes.</summary>
    public static ReLU Register(ReLU relu, double init)
    {
        using Tensor start = full(1, init).DetachFromDisposeScope();
        Parameters(relu)[Name] = new Parameter(start);
        return relu;
    }

    /// <summary>The slope, of shape [1]; null for a ReLU without.</summary>
    public static Parameter? Of(nn.Module module) =>
        module is ReLU relu && Parameters(relu).TryGetValue(Name, out Parameter? weight) ? weight : null;

    /// <summary>PReLU of <paramref name="x"/> with the slope of <paramref name="relu"/>.</summary>
    /// <exception cref="InvalidOperationException">The ReLU has no slope.</exception>
    public static Tensor Apply(ReLU relu, Tensor x)
    {
        Parameter weight = Of(relu) ?? throw new InvalidOperationException(
            "This ReLU is to be a PReLU but has no parameter to learn: it was made in code that is not annotated with Kind.PReLU. Make it in code that is, or use torch.nn.PReLU().");
        if (weight.dtype == x.dtype && weight.device_type == x.device_type && weight.device_index == x.device_index)
            return x.prelu(weight);
        using Tensor local = weight.to(x.dtype, x.device);
        return x.prelu(local);
    }

    /// <summary>For a call that has no module, hence no place for a parameter.</summary>
    public static InvalidOperationException NoPlace() =>
        new("PReLU learns a parameter, for which functional.relu(x) and x.relu() have no place: use a ReLU module in code that is annotated with Kind.PReLU.");

    // ReLU is declared to have no parameters; its base class has all the same where to keep them.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_internal_params")]
    private static extern ref OrderedDict<string, Parameter> Parameters(nn.Module module);
}
