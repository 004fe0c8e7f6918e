namespace Helu.ModelReading.Layers;

/// <summary>Tells what a function, tensor method or module factory of TorchSharp does, by its name.</summary>
internal static class TensorFunctions
{
    private static readonly HashSet<string> s_activations = new(StringComparer.OrdinalIgnoreCase)
    {
        "relu6", "leaky_relu", "LeakyReLU", "elu", "selu", "celu", "gelu", "silu", "mish", "softplus", "hardswish", "hardsigmoid", "hardtanh", "sigmoid", "tanh", "prelu", "swish", "squared_relu", "SquaredReLU", "smelu", "golu", "sau", "quadratic",
        "rrelu", "logsigmoid", "log_sigmoid", "softsign", "glu", "threshold", "tanhshrink", "softshrink", "hardshrink",
    };

    private static readonly HashSet<string> s_reshapes = new(StringComparer.OrdinalIgnoreCase)
    {
        "flatten", "unflatten", "view", "view_as", "reshape", "reshape_as", "squeeze", "unsqueeze", "permute", "transpose", "t", "contiguous", "alias", "clone", "to", "to_type", "cuda", "cpu",
        "expand", "expand_as", "swapaxes", "swapdims", "movedim", "narrow", "select", "slice", "index", "index_select", "repeat", "tile", "detach", "requires_grad_", "with_requires_grad",
        "MoveToOuterDisposeScope", "DetachFromDisposeScope", "MoveToOtherDisposeScope", "interpolate", "upsample", "pad", "pixel_shuffle", "pixel_unshuffle", "Identity", "float", "double", "half", "bfloat16",
    };

    private static readonly HashSet<string> s_scales = new(StringComparer.Ordinal)
    {
        "add", "sub", "subtract", "mul", "multiply", "div", "divide", "clamp", "clip", "clamp_min", "clamp_max", "clamp_", "pow", "sqrt", "exp", "LocalResponseNorm", "local_response_norm",
    };

    private static readonly HashSet<string> s_losses = new(StringComparer.Ordinal)
    {
        "cross_entropy", "binary_cross_entropy", "binary_cross_entropy_with_logits", "kl_div",
    };

    private static readonly Dictionary<string, string> s_lossModules = new(StringComparer.Ordinal)
    {
        ["CrossEntropyLoss"] = "cross_entropy",
        ["NLLLoss"] = "nll_loss",
        ["BCELoss"] = "binary_cross_entropy",
        ["BCEWithLogitsLoss"] = "binary_cross_entropy_with_logits",
        ["MSELoss"] = "mse_loss",
        ["L1Loss"] = "l1_loss",
        ["SmoothL1Loss"] = "smooth_l1_loss",
        ["HuberLoss"] = "huber_loss",
        ["KLDivLoss"] = "kl_div",
    };

    /// <summary>What a function of one tensor does; <see cref="LayerKind.Operation"/> for any that is not listed. A trailing underscore means in place and changes nothing.</summary>
    public static LayerKind KindOf(string name)
    {
        string plain = name.TrimEnd('_');
        return plain switch
        {
            "relu" or "ReLU" => LayerKind.ReLU,
            "helu" or "HeLU" => LayerKind.HeLU,
            "Linear" => LayerKind.Linear,
            "softmax" or "log_softmax" or "softmin" or "gumbel_softmax" or "Softmax" or "LogSoftmax" or "Softmax2d" or "Softmin" => LayerKind.Softmax,
            "cat" or "concat" or "concatenate" or "stack" or "hstack" or "vstack" => LayerKind.Concat,
            "mean" => LayerKind.Pooling,
            _ when s_activations.Contains(plain) => LayerKind.Activation,
            _ when s_reshapes.Contains(plain) || plain.Contains("Pad") || plain.StartsWith("Upsample", StringComparison.Ordinal) || plain.StartsWith("Pixel", StringComparison.Ordinal) => LayerKind.Reshape,
            _ when s_scales.Contains(plain) => LayerKind.Scale,
            _ when IsLoss(plain) => LayerKind.Loss,
            _ when plain.StartsWith("Conv", StringComparison.Ordinal) => LayerKind.Convolution,
            _ when Has(plain, "dropout") => LayerKind.Dropout,
            _ when Has(plain, "pool") => LayerKind.Pooling,
            _ when plain.EndsWith("_norm", StringComparison.Ordinal) || plain.Contains("BatchNorm") || plain.Contains("InstanceNorm") || plain is "LayerNorm" or "GroupNorm" => LayerKind.Normalisation,
            _ => LayerKind.Operation,
        };
    }

    /// <summary>The function's name of a loss that is written as a module.</summary>
    public static string LossName(string name) => s_lossModules.TryGetValue(name, out string? function) ? function : name;

    private static bool IsLoss(string name) => s_losses.Contains(name) || s_lossModules.ContainsKey(name) || name.EndsWith("_loss", StringComparison.Ordinal) || name.EndsWith("Loss", StringComparison.Ordinal);

    private static bool Has(string name, string part) => name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
