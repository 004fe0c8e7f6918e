using Helu.Inference.Execution;
using Helu.Inference.Graphs;
using Helu.Inference.Tracing;

namespace Helu.Inference.Tests.Harness;

/// <summary>What the generator writes for a model, written by hand.</summary>
internal sealed class TestModel(FrozenModel frozen) : InferenceModel(frozen)
{
    private static int s_count;

    /// <summary>Registers a forward under a new name.</summary>
    public static ModelClass Register(Forward forward, int inputs = 1, params string[] parameters) => Register(forward, null, inputs, parameters);

    public static ModelClass Register(Forward forward, Func<string, ModuleNode>? structure, int inputs = 1, params string[] parameters)
    {
        string name = $"Tests.Model{Interlocked.Increment(ref s_count)}";
        var model = new ModelClass
        {
            TypeName = name,
            Inputs = [.. Enumerable.Range(0, inputs).Select(i => $"x{i}")],
            IndexInputs = new bool[inputs],
            Modules = [],
            Values = [],
            Parameters = parameters,
            Forward = forward,
            Structure = structure is null ? null : () => structure(name),
        };
        ModelClasses.Add(model);
        return model;
    }

    /// <summary>Freezes modules whose weights come from a seed.</summary>
    public static TestModel Create(Forward forward, long[] inputShape, params (string Field, ModuleNode? Module)[] modules) =>
        Create(forward, new InferenceOptions { InputShapes = [inputShape] }, modules);

    public static TestModel Create(Forward forward, InferenceOptions options, params (string Field, ModuleNode? Module)[] modules)
    {
        ModelClass model = Register(forward, options.InputShapes?.Length ?? 1);
        return new(Freeze(Structure.Model(model.TypeName, modules), options));
    }

    public static FrozenModel Freeze(ModuleNode root, InferenceOptions options) => FrozenModel.Create(root, new ForwardSettings(null), options, ManagedExecutor.Create);

    public void Run(ReadOnlySpan<float> x, Span<float> output) => Execute(output, x);

    public void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> output) => Execute(output, x, y);

    public float[] Run(params float[] x)
    {
        var output = new float[OutputLength((int)(x.Length / Shapes.Count([.. InputShapes[0]])))];
        Run(x, output);
        return output;
    }

    public TestModel Clone() => new(Share());
}
