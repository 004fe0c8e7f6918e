using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>What a recorded forward depends on besides the model.</summary>
/// <param name="Shapes">The shape of each input.</param>
/// <param name="Override">The activation that <see cref="Activation.Override(Kind, double?)"/> asks for.</param>
internal sealed record PlanKey(long[][] Shapes, ActivationSpec? Override)
{
    public static PlanKey Of(ReadOnlySpan<Tensor> inputs, ActivationSpec? overridden)
    {
        var shapes = new long[inputs.Length][];
        for (int i = 0; i < shapes.Length; i++)
            shapes[i] = inputs[i].shape;
        return new(shapes, overridden);
    }

    /// <summary>Whether it is the key of these inputs; allocates nothing.</summary>
    public bool IsOf(ReadOnlySpan<Tensor> inputs, ActivationSpec? overridden)
    {
        if (overridden != Override)
            return false;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!HasShape(inputs[i], Shapes[i]))
                return false;
        }
        return true;
    }

    private static bool HasShape(Tensor tensor, long[] shape)
    {
        if (tensor.ndim != shape.Length)
            return false;
        for (int i = 0; i < shape.Length; i++)
        {
            if (tensor.size(i) != shape[i])
                return false;
        }
        return true;
    }
}
