using Helu.Inference.Execution;
using Helu.Inference.Graphs;
using Helu.Inference.Tests.Harness;
using Helu.Inference.Tracing;
using Helu.Inference.Weights;

namespace Helu.Inference.Tests.Kinds;

/// <summary>Every kind in a forward: as a ReLU that is swapped, as a module, fused into a layer and by itself, saved and loaded.</summary>
public sealed class KindTests : IDisposable
{
    private static readonly float[] s_x = [-8, -2.5f, -1, -0.6f, -0.2f, 0, 0.1f, 0.5f, 1.2f, 3, 7];

    private readonly string _folder = Directory.CreateTempSubdirectory("helu-kinds-").FullName;

    public static TheoryData<Kind> All => KindCases.All;

    /// <summary>PReLU needs a module to learn in.</summary>
    public static TheoryData<Kind> Functions => [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.PReLU)];

    private string File => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_swapped_ReLU_computes_the_kind(Kind kind)
    {
        ActivationSpec spec = KindCases.Spec(kind);
        using TestModel alone = TestModel.Create((_, x) => Ops.relu(x[0], spec), [s_x.Length]);
        using TestModel fused = TestModel.Create((_, x) => Ops.relu(Ops.mul(x[0], 1), spec), [s_x.Length]);

        AssertFormula(spec, alone.Run(s_x));
        AssertFormula(spec, fused.Run(s_x));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_swapped_ReLU_in_place_overwrites_what_others_hold(Kind kind)
    {
        ActivationSpec spec = KindCases.Spec(kind);
        using TestModel model = TestModel.Create(
            (_, x) =>
            {
                Value y = Ops.mul(x[0], 1), same = y;
                Ops.in_place(Ops.relu(y, spec));
                return Ops.add(same, 0);
            },
            [s_x.Length]);

        AssertFormula(spec, model.Run(s_x));
    }

    /// <summary>A file, loaded, gives the same bits.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_module_of_the_kind_is_computed_saved_and_loaded(Kind kind)
    {
        ActivationSpec spec = KindCases.Spec(kind);
        ModelClass model = TestModel.Register((self, x) => self.module("act").call(x[0]));
        ModuleNode module = Structure.Activation(spec);
        if (kind == Kind.PReLU)
            module.Weights["weight"] = new([1], [(float)spec.P0]);
        float[] computed;
        using (var frozen = new TestModel(TestModel.Freeze(Structure.Model(model.TypeName, ("act", module)), new InferenceOptions { InputShapes = [[s_x.Length]] })))
        {
            frozen.Save(File);
            computed = frozen.Run(s_x);
        }
        using var loaded = new TestModel(FrozenModel.Load(File, model.TypeName, null));

        AssertFormula(spec, computed);
        Assert.Equal(computed, loaded.Run(s_x));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void An_override_is_saved_with_its_parameters(Kind kind)
    {
        ActivationSpec spec = KindCases.Spec(kind);
        ModelClass model = TestModel.Register((_, x) => Ops.relu(x[0], new ActivationSpec(Kind.HeLU, 0.05)));
        FrozenModel overridden = FrozenModel.Create(
            Structure.Model(model.TypeName), new ForwardSettings(spec), new InferenceOptions { InputShapes = [[s_x.Length]] }, ManagedExecutor.Create);
        using (var frozen = new TestModel(overridden))
            frozen.Save(File);
        using var loaded = new TestModel(FrozenModel.Load(File, model.TypeName, null));

        AssertFormula(spec, loaded.Run(s_x));
    }

    /// <summary>Before there were kinds of several parameters, a file named one as alpha.</summary>
    [Theory]
    [InlineData("HeLU", 0.2, Kind.HeLU, 0.2)]
    [InlineData("LeakyReLU", 0.2, Kind.LeakyReLU, 0.2)]
    [InlineData("ELU", 0.7, Kind.ELU, 0.7)]
    [InlineData("SiLU", 0, Kind.SiLU, 1)]
    [InlineData("GELU", 0, Kind.GELU, 0)]
    public void An_override_in_a_file_of_the_first_form_is_read(string kind, double alpha, Kind read, double parameter)
    {
        ModelClass model = TestModel.Register((_, x) => Ops.relu(x[0], new ActivationSpec(Kind.HeLU, 0.05)));
        string structure = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"version": 1, "inputs": [[{{s_x.Length}}]], "override": {"alpha": {{alpha}}, "kind": "{{kind}}"}, "root": {"type": "{{model.TypeName}}" } }""");
        SafetensorsWriter.Write(File, [], new Dictionary<string, string> { ["helu.structure"] = structure });

        using var loaded = new TestModel(FrozenModel.Load(File, model.TypeName, null));

        AssertFormula(new ActivationSpec(read, parameter), loaded.Run(s_x));
    }

    /// <summary>The layer behind an activation skips the zeros that it gives.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Between_two_layers_it_is_the_formula_too(Kind kind)
    {
        ActivationSpec spec = KindCases.Spec(kind);
        const int width = 256;
        ModuleNode first = Structure.Linear(4, width).Seeded(1), second = Structure.Linear(width, 16).Seeded(2);
        using TestModel model = TestModel.Create(
            (self, x) => self.module("second").call(Ops.relu(self.module("first").call(x[0]), spec)), [4], ("first", first), ("second", second));
        float[] x = SeededWeights.Floats(3, 4);
        double[] hidden = [.. Linear(first, [.. x.Select(value => (double)value)]).Select(value => KindCases.Formula(spec, value))];

        double[] expected = Linear(second, hidden);
        float[] actual = model.Run(x);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4);
    }

    private static double[] Linear(ModuleNode linear, double[] x)
    {
        float[] weight = linear.Weights["weight"].Data, bias = linear.Weights["bias"].Data;
        return [.. bias.Select((shift, row) => shift + x.Select((value, i) => value * weight[(row * x.Length) + i]).Sum())];
    }

    private static void AssertFormula(ActivationSpec spec, float[] y)
    {
        Assert.Equal(s_x.Length, y.Length);
        for (int i = 0; i < y.Length; i++)
        {
            double expected = KindCases.Formula(spec, s_x[i]);
            Assert.True(Math.Abs(y[i] - expected) <= 1e-6 * Math.Max(1, Math.Abs(expected)), $"{spec} of {s_x[i]} is {y[i]}, not {expected}.");
        }
    }
}
