namespace Helu.Inference;

/// <summary>What a <see cref="Kind"/> computes at inference.</summary>
internal static class KindEpilogue
{
    /// <summary>The activation as kernels have it. Kinds that differ from ReLU only in their gradient are ReLU.</summary>
    /// <exception cref="NotSupportedException">It is PReLU, whose slope is a weight of a module and no parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is no kind.</exception>
    public static Epilogue Of(ActivationSpec spec)
    {
        (float p0, float p1, float p2) = ((float)spec.P0, (float)spec.P1, (float)spec.P2);
        return spec.Kind switch
        {
            Kind.ReLU or Kind.HeLU or Kind.StraightThrough or Kind.LeakyBackward or Kind.ClippedStraightThrough or Kind.SUGAR => new(ActivationFunction.ReLU),
            Kind.GELU => new(ActivationFunction.GELU),
            Kind.GELUTanh => new(ActivationFunction.GELUTanh),
            Kind.SiLU => new(ActivationFunction.SiLU, p0),
            Kind.LeakyReLU => new(ActivationFunction.LeakyReLU, p0),
            Kind.ELU => new(ActivationFunction.ELU, p0),
            Kind.SELU => new(ActivationFunction.SELU),
            Kind.CELU => new(ActivationFunction.CELU, p0),
            Kind.Mish => new(ActivationFunction.Mish),
            Kind.Softplus => new(ActivationFunction.Softplus, p0, p1),
            Kind.Hardswish => new(ActivationFunction.Hardswish),
            Kind.ReLU6 => new(ActivationFunction.ReLU6),
            Kind.SquaredReLU => new(ActivationFunction.SquaredReLU),
            Kind.SmeLU => new(ActivationFunction.SmeLU, p0),
            Kind.GoLU => new(ActivationFunction.GoLU),
            Kind.SAU => new(ActivationFunction.SAU, p0, p1),
            Kind.Quadratic => new(ActivationFunction.Quadratic, p0, p1, p2),
            Kind.Identity => Epilogue.None,
            Kind.PReLU => throw new NotSupportedException(
                "PReLU learns a parameter, for which functional.relu(x) and x.relu() have no place: use a ReLU module in code that is annotated with Kind.PReLU."),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "Not a value of Helu.Kind."),
        };
    }
}
