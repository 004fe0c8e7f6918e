namespace Helu.Inference.Kernels;

/// <summary>The activations that only hold their input between two bounds: two instructions, which kernels apply in registers.</summary>
internal static class ActivationClamp
{
    /// <summary>The bounds, infinite for None; false, and infinite, for an activation that does something else.</summary>
    public static bool TryGet(in Epilogue epilogue, out float low, out float high)
    {
        (bool clamps, low, high) = epilogue.Function switch
        {
            ActivationFunction.None => (true, float.NegativeInfinity, float.PositiveInfinity),
            ActivationFunction.ReLU => (true, 0, float.PositiveInfinity),
            ActivationFunction.ReLU6 => (true, 0, 6),
            ActivationFunction.Hardtanh => (true, epilogue.P0, epilogue.P1),
            _ => (false, float.NegativeInfinity, float.PositiveInfinity),
        };
        return clamps;
    }
}
