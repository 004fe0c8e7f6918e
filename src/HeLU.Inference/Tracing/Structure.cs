using System.ComponentModel;
using Helu.Inference.Modules;

namespace Helu.Inference.Tracing;

/// <summary>
/// Modules without their weights, made by calls that look like TorchSharp's factories in <c>torch.nn</c>: same names, order and defaults of the
/// arguments. Used by generated code, which repeats a constructor of constants with them, and by the freezing of a trained model.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Structure
{
    /// <summary>x·Wᵀ + b.</summary>
    public static ModuleNode Linear(long inputSize, long outputSize, bool hasBias = true) =>
        New("Linear", ("in_features", inputSize), ("out_features", outputSize), ("bias", hasBias));

    /// <summary>[N, C, L].</summary>
    public static ModuleNode Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = true) =>
        Convolution("Conv1d", in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], groups, bias);

    /// <summary>[N, C, H, W], all windows square.</summary>
    public static ModuleNode Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = true) =>
        Convolution("Conv2d", in_channels, out_channels, Square(kernel_size), Square(stride), Square(padding), Square(dilation), groups, bias);

    /// <summary>[N, C, H, W].</summary>
    public static ModuleNode Conv2d(
        long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, long groups = 1, bool bias = true) =>
        Convolution("Conv2d", in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), groups, bias);

    /// <summary>[N, C, L].</summary>
    public static ModuleNode ConvTranspose1d(
        long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, long groups = 1, bool bias = true) =>
        Convolution("ConvTranspose1d", in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], groups, bias, [output_padding]);

    /// <summary>[N, C, H, W], all windows square.</summary>
    public static ModuleNode ConvTranspose2d(
        long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, long groups = 1, bool bias = true) =>
        Convolution("ConvTranspose2d", in_channels, out_channels, Square(kernel_size), Square(stride), Square(padding), Square(dilation), groups, bias, Square(output_padding));

    /// <summary>[N, C, H, W].</summary>
    public static ModuleNode ConvTranspose2d(
        long in_channels,
        long out_channels,
        (long, long) kernel_size,
        (long, long)? stride = null,
        (long, long)? padding = null,
        (long, long)? output_padding = null,
        (long, long)? dilation = null,
        long groups = 1,
        bool bias = true) =>
        Convolution(
            "ConvTranspose2d", in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), groups, bias, Pair(output_padding ?? (0, 0)));

    /// <summary>ids [...] to [..., embedding_dims].</summary>
    public static ModuleNode Embedding(long num_embeddings, long embedding_dims) =>
        New("Embedding", ("num_embeddings", num_embeddings), ("embedding_dim", embedding_dims));

    /// <summary>By the running statistics.</summary>
    public static ModuleNode BatchNorm1d(long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true) =>
        New("BatchNorm1d", ("num_features", num_features), ("eps", eps), ("affine", affine));

    /// <summary>By the running statistics.</summary>
    public static ModuleNode BatchNorm2d(long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true) =>
        New("BatchNorm2d", ("num_features", num_features), ("eps", eps), ("affine", affine));

    /// <summary>Over the last dimension.</summary>
    public static ModuleNode LayerNorm(long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true) =>
        LayerNorm([normalized_shape], eps, elementwise_affine, bias);

    /// <summary>Over the last dimensions.</summary>
    public static ModuleNode LayerNorm(long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true) =>
        New("LayerNorm", ("normalized_shape", normalized_shape), ("eps", eps), ("affine", elementwise_affine), ("bias", elementwise_affine && bias));

    /// <summary>Over the channels of a group and all positions.</summary>
    public static ModuleNode GroupNorm(long num_groups, long num_channels, double eps = 1e-5, bool affine = true) =>
        New("GroupNorm", ("num_groups", num_groups), ("num_channels", num_channels), ("eps", eps), ("affine", affine));

    /// <summary>x; also what Dropout is.</summary>
    public static ModuleNode Identity() => New("Identity");

    /// <summary>One dimension in the place of several.</summary>
    public static ModuleNode Flatten(long start_dim = 1, long end_dim = -1) => New("Flatten", ("start_dim", start_dim), ("end_dim", end_dim));

    /// <summary>Several dimensions in the place of one.</summary>
    public static ModuleNode Unflatten(long dim, long[] unflattened_size) => New("Unflatten", ("dim", dim), ("unflattened_size", unflattened_size));

    /// <summary>[N, C, L].</summary>
    public static ModuleNode MaxPool1d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
        MaxPool("MaxPool1d", [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

    /// <summary>[N, C, H, W], square windows.</summary>
    public static ModuleNode MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
        MaxPool("MaxPool2d", Square(kernel_size), Square(stride ?? kernel_size), Square(padding ?? 0), Square(dilation ?? 1), ceil_mode);

    /// <summary>[N, C, H, W].</summary>
    public static ModuleNode MaxPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
        MaxPool("MaxPool2d", Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), ceil_mode);

    /// <summary>[N, C, H, W].</summary>
    public static ModuleNode MaxPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
        MaxPool("MaxPool2d", Both(kernel_size), Both(stride ?? kernel_size), Both(padding ?? [0]), Both(dilation ?? [1]), ceil_mode);

    /// <summary>[N, C, L].</summary>
    public static ModuleNode AvgPool1d(long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true) =>
        AvgPool("AvgPool1d", [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad, null);

    /// <summary>[N, C, H, W], square windows.</summary>
    public static ModuleNode AvgPool2d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
        AvgPool("AvgPool2d", Square(kernel_size), Square(stride ?? kernel_size), Square(padding ?? 0), ceil_mode, count_include_pad, divisor_override);

    /// <summary>[N, C, H, W].</summary>
    public static ModuleNode AvgPool2d(
        (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
        AvgPool("AvgPool2d", Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)), ceil_mode, count_include_pad, divisor_override);

    /// <summary>[N, C, H, W].</summary>
    public static ModuleNode AvgPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
        AvgPool("AvgPool2d", Both(kernel_size), Both(stride ?? kernel_size), Both(padding ?? [0]), ceil_mode, count_include_pad, divisor_override);

    /// <summary>[N, C, L] to [N, C, output_size].</summary>
    public static ModuleNode AdaptiveAvgPool1d(long output_size) => New("AdaptiveAvgPool1d", ("output_size", new[] { output_size }));

    /// <summary>[N, C, H, W] to [N, C, output_size, output_size].</summary>
    public static ModuleNode AdaptiveAvgPool2d(long output_size) => New("AdaptiveAvgPool2d", ("output_size", Square(output_size)));

    /// <summary>[N, C, H, W] to [N, C, height, width].</summary>
    public static ModuleNode AdaptiveAvgPool2d((long, long) output_size) => New("AdaptiveAvgPool2d", ("output_size", Pair(output_size)));

    /// <summary>[N, C, H, W] to [N, C, height, width].</summary>
    public static ModuleNode AdaptiveAvgPool2d(long[] output_size) => New("AdaptiveAvgPool2d", ("output_size", Both(output_size)));

    /// <summary>[N, C, L] to [N, C, output_size].</summary>
    public static ModuleNode AdaptiveMaxPool1d(long output_size) => New("AdaptiveMaxPool1d", ("output_size", new[] { output_size }));

    /// <summary>[N, C, H, W] to [N, C, height, width].</summary>
    public static ModuleNode AdaptiveMaxPool2d(long[] output_size) => New("AdaptiveMaxPool2d", ("output_size", Both(output_size)));

    /// <summary>Nearest neighbour.</summary>
    public static ModuleNode Upsample(long[]? size = null, double[]? scale_factor = null) =>
        New("Upsample", ("size", size ?? []), ("scale_factor", scale_factor ?? []));

    /// <summary>max(0, x).</summary>
    public static ModuleNode ReLU(bool inplace = false) => Activation(inplace, "ReLU");

    /// <summary>Forward max(0, x).</summary>
    public static ModuleNode HeLU(double alpha = 0.05, bool inplace = false) => Activation(inplace, "HeLU", ("alpha", alpha));

    /// <summary>Forward max(0, x).</summary>
    public static ModuleNode StraightThrough(bool inplace = false) => Activation(inplace, "StraightThrough");

    /// <summary>Forward max(0, x).</summary>
    public static ModuleNode LeakyBackward(double slope = 0.01, bool inplace = false) => Activation(inplace, "LeakyBackward", ("slope", slope));

    /// <summary>Forward max(0, x).</summary>
    public static ModuleNode ClippedStraightThrough(double clip = 1, bool inplace = false) => Activation(inplace, "ClippedStraightThrough", ("clip", clip));

    /// <summary>Forward max(0, x).</summary>
    public static ModuleNode SUGAR(double alpha = 1.67, bool inplace = false) => Activation(inplace, "SUGAR", ("alpha", alpha));

    /// <summary>x·Φ(x), or its tanh form.</summary>
    public static ModuleNode GELU(bool tanh = false, bool inplace = false) => Activation(inplace, "GELU", ("tanh", tanh));

    /// <summary>x·sigmoid(x).</summary>
    public static ModuleNode SiLU(bool inplace = false) => Activation(inplace, "SiLU");

    /// <summary>x·sigmoid(beta·x).</summary>
    public static ModuleNode Swish(double beta = 1, bool inplace = false) => Activation(inplace, "Swish", ("beta", beta));

    /// <summary>x where x &gt; 0, else negative_slope·x.</summary>
    public static ModuleNode LeakyReLU(double negative_slope = 0.01, bool inplace = false) => Activation(inplace, "LeakyReLU", ("negative_slope", negative_slope));

    /// <summary>x where x &gt; 0, else weight·x: one learned weight, or one for each channel.</summary>
    public static ModuleNode PReLU(long num_parameters, double init = 0.25) => New("PReLU", ("num_parameters", num_parameters));

    /// <summary>x where x &gt; 0, else alpha·(exp(x) - 1).</summary>
    public static ModuleNode ELU(double alpha = 1, bool inplace = false) => Activation(inplace, "ELU", ("alpha", alpha));

    /// <summary>Scaled ELU.</summary>
    public static ModuleNode SELU(bool inplace = false) => Activation(inplace, "SELU");

    /// <summary>x where x &gt; 0, else alpha·(exp(x/alpha) - 1).</summary>
    public static ModuleNode CELU(double alpha = 1, bool inplace = false) => Activation(inplace, "CELU", ("alpha", alpha));

    /// <summary>x·tanh(softplus(x)).</summary>
    public static ModuleNode Mish(bool inplace = false) => Activation(inplace, "Mish");

    /// <summary>1/(1 + exp(-x)).</summary>
    public static ModuleNode Sigmoid(bool inplace = false) => Activation(inplace, "Sigmoid");

    /// <summary>tanh(x).</summary>
    public static ModuleNode Tanh(bool inplace = false) => Activation(inplace, "Tanh");

    /// <summary>log(1 + exp(beta·x))/beta.</summary>
    public static ModuleNode Softplus(double beta = 1, double threshold = 20) => New("Softplus", ("beta", beta), ("threshold", threshold));

    /// <summary>min(max(0, x), 6).</summary>
    public static ModuleNode ReLU6(bool inplace = false) => Activation(inplace, "ReLU6");

    /// <summary>min(max(0, x + 3), 6)/6.</summary>
    public static ModuleNode Hardsigmoid(bool inplace = false) => Activation(inplace, "Hardsigmoid");

    /// <summary>x·min(max(0, x + 3), 6)/6.</summary>
    public static ModuleNode Hardswish(bool inplace = false) => Activation(inplace, "Hardswish");

    /// <summary>max(0, x)².</summary>
    public static ModuleNode SquaredReLU(bool inplace = false) => Activation(inplace, "SquaredReLU");

    /// <summary>0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta.</summary>
    public static ModuleNode SmeLU(double beta = 1, bool inplace = false) => Activation(inplace, "SmeLU", ("beta", beta));

    /// <summary>x·exp(-exp(-x)).</summary>
    public static ModuleNode GoLU(bool inplace = false) => Activation(inplace, "GoLU");

    /// <summary>LeakyReLU convolved with a normal density.</summary>
    public static ModuleNode SAU(double slope = 0.15, double sigma = 1, bool inplace = false) => Activation(inplace, "SAU", ("slope", slope), ("sigma", sigma));

    /// <summary>a·x² + b·x + c.</summary>
    public static ModuleNode Quadratic(double a = KindParameters.Hermite, double b = 0.5, double c = KindParameters.Hermite, bool inplace = false) => Activation(inplace, "Quadratic", ("a", a), ("b", b), ("c", c));

    /// <summary>Over one dimension.</summary>
    public static ModuleNode Softmax(long dim) => New("Softmax", ("dim", dim));

    /// <summary>Over one dimension.</summary>
    public static ModuleNode LogSoftmax(long dim) => New("LogSoftmax", ("dim", dim));

    /// <summary>A ReLU that [Activation] swaps when its container is built.</summary>
    public static ModuleNode Activation(ActivationSpec spec, bool inplace = false) => spec.Kind switch
    {
        Kind.ReLU => ReLU(inplace),
        Kind.HeLU => HeLU(spec.P0, inplace),
        Kind.GELU => GELU(inplace: inplace),
        Kind.SiLU when spec.P0 == 1 => SiLU(inplace),
        Kind.SiLU => Swish(spec.P0, inplace),
        Kind.LeakyReLU => LeakyReLU(spec.P0, inplace),
        Kind.ELU => ELU(spec.P0, inplace),
        Kind.Mish => Mish(),
        Kind.StraightThrough => StraightThrough(inplace),
        Kind.LeakyBackward => LeakyBackward(spec.P0, inplace),
        Kind.ClippedStraightThrough => ClippedStraightThrough(spec.P0, inplace),
        Kind.SUGAR => SUGAR(spec.P0, inplace),
        Kind.PReLU => PReLU(1),
        Kind.SELU => SELU(inplace),
        Kind.CELU => CELU(spec.P0, inplace),
        Kind.GELUTanh => GELU(tanh: true, inplace),
        Kind.Softplus => Softplus(spec.P0, spec.P1),
        Kind.Hardswish => Hardswish(inplace),
        Kind.ReLU6 => ReLU6(inplace),
        Kind.SquaredReLU => SquaredReLU(inplace),
        Kind.SmeLU => SmeLU(spec.P0, inplace),
        Kind.GoLU => GoLU(inplace),
        Kind.SAU => SAU(spec.P0, spec.P1, inplace),
        Kind.Identity => Identity(),
        Kind.Quadratic => Quadratic(spec.P0, spec.P1, spec.P2, inplace),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "Not a value of Helu.Kind."),
    };

    /// <summary>One after another.</summary>
    public static ModuleNode Sequential(params (string name, ModuleNode module)[] modules) => Container("Sequential", modules);

    /// <summary>A list of modules.</summary>
    public static ModuleNode ModuleList(params (string name, ModuleNode module)[] modules) => Container("ModuleList", modules);

    /// <summary>Modules by key.</summary>
    public static ModuleNode ModuleDict(params (string name, ModuleNode module)[] modules) => Container("ModuleDict", modules);

    /// <summary>A user's class.</summary>
    /// <param name="typeName">The full name of the type, as reflection writes it.</param>
    /// <param name="modules">Its modules by their fields.</param>
    public static ModuleNode Model(string typeName, params (string field, ModuleNode? module)[] modules) => Container(typeName, modules!);

    /// <summary>A user's class whose forward reads plain fields too.</summary>
    /// <param name="typeName">The full name of the type, as reflection writes it.</param>
    /// <param name="modules">Its modules by their fields.</param>
    /// <param name="values">The values of its plain fields: bool, number, string, or an array of these.</param>
    /// <exception cref="ArgumentException">A value is of another type.</exception>
    public static ModuleNode Model(string typeName, (string field, ModuleNode? module)[] modules, (string field, object value)[] values)
    {
        ModuleNode model = Model(typeName, modules);
        foreach ((string field, object value) in values)
            model.Attributes[field] = AttributeValues.Kept(value) ?? throw new ArgumentException($"{typeName}.{field} is a {value.GetType()}, which a frozen model can't hold.");
        return model;
    }

    internal static ModuleNode Convolution(
        string type, long inChannels, long outChannels, long[] kernel, long[] stride, long[] padding, long[] dilation, long groups, bool bias, long[]? outputPadding = null)
    {
        ModuleNode module = New(
            type,
            ("in_channels", inChannels),
            ("out_channels", outChannels),
            ("kernel_size", kernel),
            ("stride", stride),
            ("padding", padding),
            ("dilation", dilation),
            ("groups", groups),
            ("bias", bias));
        if (outputPadding is not null)
            module.Attributes["output_padding"] = outputPadding;
        return module;
    }

    internal static ModuleNode MaxPool(string type, long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceilMode) =>
        New(type, ("kernel_size", kernel), ("stride", stride), ("padding", padding), ("dilation", dilation), ("ceil_mode", ceilMode));

    internal static ModuleNode AvgPool(string type, long[] kernel, long[] stride, long[] padding, bool ceilMode, bool countIncludePad, long? divisorOverride) => New(
        type,
        ("kernel_size", kernel),
        ("stride", stride),
        ("padding", padding),
        ("ceil_mode", ceilMode),
        ("count_include_pad", countIncludePad),
        ("divisor_override", divisorOverride ?? 0L));

    private static ModuleNode New(string type, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var module = new ModuleNode(type);
        foreach ((string name, object value) in attributes)
            module.Attributes[name] = value;
        return module;
    }

    private static ModuleNode Activation(bool inplace, string type, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        ModuleNode module = New(type, attributes);
        module.Attributes["inplace"] = inplace;
        return module;
    }

    private static ModuleNode Container(string type, (string Name, ModuleNode Module)[] modules)
    {
        var container = new ModuleNode(type);
        container.Children.AddRange(modules.Select(child => new Child(child.Name, child.Name, child.Module)));
        return container;
    }

    private static long[] Square(long size) => [size, size];

    private static long[] Pair((long Height, long Width) sizes) => [sizes.Height, sizes.Width];

    /// <summary>One size speaks for both dimensions.</summary>
    private static long[] Both(long[] sizes) => sizes.Length == 1 ? [sizes[0], sizes[0]] : sizes;
}
