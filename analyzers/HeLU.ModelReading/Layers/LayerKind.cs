namespace Helu.ModelReading.Layers;

/// <summary>What a step of a forward does to its input, as far as dying units are concerned.</summary>
internal enum LayerKind
{
    /// <summary>A tensor that comes from outside: an argument of forward, data of a training loop.</summary>
    Input,

    /// <summary>A tensor that is filled with one number: <c>torch.zeros(...)</c>, <c>torch.full(..., -1)</c>.</summary>
    Constant,

    /// <summary>A Linear layer.</summary>
    Linear,

    /// <summary>A convolution, transposed ones included.</summary>
    Convolution,

    /// <summary>BatchNorm, LayerNorm, GroupNorm, InstanceNorm.</summary>
    Normalisation,

    /// <summary>ReLU in any of its forms. See <see cref="Layer.Swap"/>: an annotation may replace it in training.</summary>
    ReLU,

    /// <summary>HeLU as written in the code: <c>HeLU(alpha)</c>, <c>helu(x)</c>. Forward is ReLU's.</summary>
    HeLU,

    /// <summary>Any other activation, ReLU6 and LeakyReLU among them; sigmoid and tanh too.</summary>
    Activation,

    /// <summary>softmax, log_softmax and their module forms; the name tells which.</summary>
    Softmax,

    /// <summary>Max, average and adaptive pooling.</summary>
    Pooling,

    /// <summary>The same elements in another shape: flatten, view, permute, contiguous, slices.</summary>
    Reshape,

    /// <summary>Dropout of any dimension.</summary>
    Dropout,

    /// <summary>An operation with a number: <c>x * 2</c>, <c>x + 1</c>, <c>clamp</c>.</summary>
    Scale,

    /// <summary>The sum of two tensors: a skip connection has its input on both sides.</summary>
    Add,

    /// <summary>Tensors side by side: <c>cat</c>, <c>stack</c>.</summary>
    Concat,

    /// <summary>One of several tensors: branches of a condition that is not known when compiling.</summary>
    Either,

    /// <summary>A loss of its first input, the prediction; the name is that of the function.</summary>
    Loss,

    /// <summary>Any other operation of TorchSharp on tensors: products, attention, recurrent layers; the name tells which.</summary>
    Operation,

    /// <summary>Something that was not understood happened to its inputs.</summary>
    Unknown,
}
