using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Tracing;

namespace Helu.Inference.Modules;

/// <summary>What each type of module is made of and does. A new type is a row here and a factory in <see cref="Structure"/>.</summary>
internal static class ModuleTypes
{
    private static readonly Dictionary<string, ModuleType> s_byName = new ModuleType[]
    {
        new("Linear", LinearModules.Weights, LinearModules.Linear),
        new("Conv1d", LinearModules.ConvWeights, LinearModules.Conv),
        new("Conv2d", LinearModules.ConvWeights, LinearModules.Conv),
        new("ConvTranspose1d", LinearModules.ConvTransposeWeights, LinearModules.ConvTranspose),
        new("ConvTranspose2d", LinearModules.ConvTransposeWeights, LinearModules.ConvTranspose),
        new("Embedding", NormModules.EmbeddingWeights, NormModules.Embedding),
        new("BatchNorm1d", NormModules.BatchNormWeights, NormModules.BatchNorm),
        new("BatchNorm2d", NormModules.BatchNormWeights, NormModules.BatchNorm),
        new("LayerNorm", NormModules.LayerNormWeights, NormModules.LayerNorm),
        new("GroupNorm", NormModules.GroupNormWeights, NormModules.GroupNorm),
        new("Identity", ModuleType.NoWeights, (_, x) => x),
        new("Flatten", ModuleType.NoWeights, (m, x) => Ops.flatten(x, m.Attribute<long>("start_dim"), m.Attribute<long>("end_dim"))),
        new("Unflatten", ModuleType.NoWeights, PoolModules.Unflatten),
        new("MaxPool1d", ModuleType.NoWeights, PoolModules.MaxPool),
        new("MaxPool2d", ModuleType.NoWeights, PoolModules.MaxPool),
        new("AvgPool1d", ModuleType.NoWeights, PoolModules.AvgPool),
        new("AvgPool2d", ModuleType.NoWeights, PoolModules.AvgPool),
        new("AdaptiveAvgPool1d", ModuleType.NoWeights, PoolModules.AdaptiveAvgPool),
        new("AdaptiveAvgPool2d", ModuleType.NoWeights, PoolModules.AdaptiveAvgPool),
        new("AdaptiveMaxPool1d", ModuleType.NoWeights, PoolModules.AdaptiveMaxPool),
        new("AdaptiveMaxPool2d", ModuleType.NoWeights, PoolModules.AdaptiveMaxPool),
        new("Upsample", ModuleType.NoWeights, PoolModules.Upsample),
        new("ReLU", ActivationModules.SwappedSlope, (_, x) => Ops.relu(x, new ActivationSpec(Kind.ReLU))),
        new("HeLU", ModuleType.NoWeights, (m, x) => Ops.helu(x, m.Attribute<double>("alpha"))),
        new("StraightThrough", ModuleType.NoWeights, (_, x) => Ops.straight_through(x)),
        new("LeakyBackward", ModuleType.NoWeights, (m, x) => Ops.leaky_backward(x, m.Attribute<double>("slope"))),
        new("ClippedStraightThrough", ModuleType.NoWeights, (m, x) => Ops.clipped_straight_through(x, m.Attribute<double>("clip"))),
        new("SUGAR", ModuleType.NoWeights, (m, x) => Ops.sugar(x, m.Attribute<double>("alpha"))),
        new("GELU", ModuleType.NoWeights, (m, x) => Ops.gelu(x, m.Attribute<bool>("tanh"))),
        new("SiLU", ModuleType.NoWeights, (_, x) => Ops.silu(x)),
        new("Swish", ModuleType.NoWeights, (m, x) => Ops.swish(x, m.Attribute<double>("beta"))),
        new("LeakyReLU", ModuleType.NoWeights, (m, x) => Ops.leaky_relu(x, m.Attribute<double>("negative_slope"))),
        new("PReLU", ActivationModules.Slopes, ActivationModules.PRelu),
        new("ELU", ModuleType.NoWeights, (m, x) => Ops.elu(x, m.Attribute<double>("alpha"))),
        new("SELU", ModuleType.NoWeights, (_, x) => Ops.selu(x)),
        new("CELU", ModuleType.NoWeights, (m, x) => Ops.celu(x, m.Attribute<double>("alpha"))),
        new("Mish", ModuleType.NoWeights, (_, x) => Ops.mish(x)),
        new("Sigmoid", ModuleType.NoWeights, (_, x) => Ops.sigmoid(x)),
        new("Tanh", ModuleType.NoWeights, (_, x) => Ops.tanh(x)),
        new("Softplus", ModuleType.NoWeights, (m, x) => Ops.softplus(x, m.Attribute<double>("beta"), m.Attribute<double>("threshold"))),
        new("ReLU6", ModuleType.NoWeights, (_, x) => Ops.relu6(x)),
        new("Hardsigmoid", ModuleType.NoWeights, (_, x) => Ops.hardsigmoid(x)),
        new("Hardswish", ModuleType.NoWeights, (_, x) => Ops.hardswish(x)),
        new("SquaredReLU", ModuleType.NoWeights, (_, x) => Ops.squared_relu(x)),
        new("SmeLU", ModuleType.NoWeights, (m, x) => Ops.smelu(x, m.Attribute<double>("beta"))),
        new("GoLU", ModuleType.NoWeights, (_, x) => Ops.golu(x)),
        new("SAU", ModuleType.NoWeights, (m, x) => Ops.sau(x, m.Attribute<double>("slope"), m.Attribute<double>("sigma"))),
        new("Quadratic", ModuleType.NoWeights, (m, x) => Ops.quadratic(x, m.Attribute<double>("a"), m.Attribute<double>("b"), m.Attribute<double>("c"))),
        new("Softmax", ModuleType.NoWeights, (m, x) => Ops.softmax(x, m.Attribute<long>("dim"))),
        new("LogSoftmax", ModuleType.NoWeights, (m, x) => Ops.log_softmax(x, m.Attribute<long>("dim"))),
        new("Sequential", ModuleType.NoWeights, (m, x) => m.Aggregate(x, (value, child) => child.call(value))),
        new("ModuleList", ModuleType.NoWeights, NotCallable),
        new("ModuleDict", ModuleType.NoWeights, NotCallable),
    }.ToDictionary(type => type.Name);

    /// <summary>The type of a module that is not a user's.</summary>
    public static ModuleType? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>Refuses hyperparameters that no module can have.</summary>
    /// <exception cref="ArgumentException">A size is below its smallest value.</exception>
    public static void CheckSizes(ModuleNode module)
    {
        if (Find(module.Type) is null)
            return;
        foreach ((string name, object value) in module.Attributes)
        {
            int smallest = name switch
            {
                "padding" or "output_padding" or "divisor_override" or "num_channels" => 0,
                "start_dim" or "end_dim" or "dim" or "unflattened_size" => int.MinValue,
                _ => 1,
            };
            long least = value switch
            {
                long size => size,
                long[] { Length: > 0 } sizes => sizes.Min(),
                _ => long.MaxValue,
            };
            if (least < smallest)
                throw new ArgumentException($"{module.Type} has {name} {least}; expected {smallest} or more.");
        }
        if (module.Attributes.TryGetValue("groups", out object? groups)
            && (module.Attribute<long>("in_channels") % (long)groups != 0 || module.Attribute<long>("out_channels") % (long)groups != 0))
        {
            throw new ArgumentException($"{module.Type} has {groups} groups, which do not divide its channels.");
        }
    }

    public static Value Apply(ModuleNode module, ReadOnlySpan<Value> inputs)
    {
        bool isTraining = Graph.Recording.Settings.IsTraining;
        if (Find(module.Type) is { } type)
        {
            if (inputs.Length != 1)
                throw new ArgumentException($"'{module.Path}' ({module.Type}) takes one tensor; found {inputs.Length}.");
            return isTraining && !IsContainer(module.Type) ? Call(module, type, inputs[0]) : InPlace(module, inputs[0], type.Apply(module, inputs[0]));
        }
        if ((isTraining ? ModelClasses.FindTraining(module.Type) : ModelClasses.Find(module.Type)) is not { } model)
            throw isTraining ? Untrained(module.Path, module.Type) : Unknown(module.Path, module.Type);
        return inputs.Length == model.Inputs.Length
            ? model.Forward(module, [.. inputs])
            : throw new ArgumentException($"'{module.Path}' ({module.Type}) takes {model.Inputs.Length} tensors; found {inputs.Length}.");
    }

    /// <summary>A call where a ReLU is swapped.</summary>
    public static Value ApplySwapped(ModuleNode module, ActivationSpec spec, Value x) =>
        module.Type != "ReLU" ? Apply(module, [x])
        : Graph.Recording.Settings.IsTraining ? Call(module, s_byName["ReLU"], x, Ops.Resolved(spec))
        : ActivationModules.Swapped(module, spec, x);

    /// <summary>Whether a module of this type is its children, run one by one.</summary>
    public static bool IsContainer(string type) => type is "Sequential" or "ModuleList" or "ModuleDict";

    /// <summary>Whether a module of this type can be run.</summary>
    public static bool IsKnown(string type) => Find(type) is not null || ModelClasses.Find(type) is not null;

    public static NotSupportedException Unknown(string path, string type) => new(
        $"'{path}' is a {type}, for which there is no inference path. Annotate a class of your own with [Activation] so that its forward is generated too; "
        + "replace another module by one that is supported.");

    public static NotSupportedException Untrained(string path, string type) => new(
        $"'{path}' is a {type}, for which there is no fused training. Annotate a class of your own with [Activation] so that its forward is generated too, "
        + "and see HELU0009 for what keeps it from that; train a model with another such module as it is, without ToTraining().");

    /// <summary>In training a module runs as it is; only the shape of what it returns is worked out.</summary>
    private static Value Call(ModuleNode module, ModuleType type, Value x, ActivationSpec? swap = null) =>
        InPlace(module, x, Graph.Recording.Add(new ModuleCallNode(module, Graph.ShapeOf(x, input => type.Apply(module, input)), x) { Swap = swap }));

    /// <summary>The result in the place of x where the module works in place; TorchSharp's ELU returns a new tensor also where it is to.</summary>
    internal static Value InPlace(ModuleNode module, Value x, Value y) =>
        module.Type != "ELU" && module.Attributes.TryGetValue("inplace", out object? inplace) && inplace is true ? Ops.overwrite(x, y) : y;

    private static Value NotCallable(ModuleNode module, Value x) =>
        throw new NotSupportedException($"'{module.Path}' is a {module.Type}, which has no forward.");
}
