using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Generators.Tests;

/// <summary>Ordinary models, as TorchSharp's users write them: with the attribute they are the same models, but for ReLU's gradient.</summary>
public sealed class ModelTests(ModelTests.Programs programs) : IClassFixture<ModelTests.Programs>
{
    private const string HeLU = "[Activation(Kind.HeLU, Alpha = 1)]";

    public static TheoryData<string> Models => [.. ExampleModel.All.Keys];

    /// <summary>The ModuleDict of TorchSharp 0.107 throws in <c>to</c>: it takes its two indexers for one property.</summary>
    public static TheoryData<string> MovableModels => [.. ExampleModel.All.Keys.Where(name => name != "Text classifier")];

    [Theory]
    [MemberData(nameof(Models))]
    public void EverySiteIsSwappedOnce(string name)
    {
        SwappedProgram annotated = programs.Annotated(name);
        Assert.True(ExampleModel.All[name].Sites + ExampleModel.All[name].Producers == annotated.InterceptedCalls, string.Join('\n', annotated.Generated));
        Assert.Equal(0, programs.Plain(name).InterceptedCalls);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void NoReluIsAChildOfAContainer(string name)
    {
        using Module<Tensor, Tensor> plain = Plain(name);
        using Module<Tensor, Tensor> annotated = Annotated(name);
        ExampleModel model = ExampleModel.All[name];

        Assert.Equal(model.Fields, Names<ReLU>(annotated));
        Assert.Equal(model.Children, Names<Modules.HeLU>(annotated).Length);
        Assert.Equal(Names<ReLU>(plain).Except(model.Fields), Names<Modules.HeLU>(annotated));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ModulesAndStateKeepTheirNamesAndOrder(string name)
    {
        using Module<Tensor, Tensor> plain = Plain(name);
        using Module<Tensor, Tensor> annotated = Annotated(name);

        Assert.NotEmpty(plain.state_dict());
        Assert.Equal(plain.state_dict().Keys, annotated.state_dict().Keys);
        Assert.Equal(plain.named_modules().Select(pair => pair.name), annotated.named_modules().Select(pair => pair.name));
        Assert.Equal(plain.named_children().Select(pair => pair.name), annotated.named_children().Select(pair => pair.name));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void CheckpointsGoFromPlainToAnnotatedAndBack(string name)
    {
        using Module<Tensor, Tensor> plain = Plain(name, seed: 1);
        using Module<Tensor, Tensor> annotated = Annotated(name, seed: 2);
        using Module<Tensor, Tensor> another = Plain(name, seed: 3);

        Load(Checkpoint(plain), annotated);
        AssertSameState(plain, annotated);
        Load(Checkpoint(annotated), another);
        AssertSameState(plain, another);
        Assert.Equal(Checkpoint(plain), Checkpoint(annotated));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OutputsAreBitIdentical(string name)
    {
        (Module<Tensor, Tensor> plain, Module<Tensor, Tensor> annotated) = Twins(name);
        using Tensor input = Input(name);

        plain.eval();
        annotated.eval();
        Assert.Equal(Bits(Run(plain, input)), Bits(Run(annotated, input)));
        using (no_grad())
            Assert.Equal(Bits(Run(plain, input)), Bits(Run(annotated, input)));

        plain.train();
        annotated.train();
        Assert.Equal(Bits(Run(plain, input)), Bits(Run(annotated, input)));
        AssertSameState(plain, annotated); // the running statistics of BatchNorm too
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OverriddenWithReluGradientsAreBitIdentical(string name)
    {
        using IDisposable relu = Activation.Override(Kind.ReLU);
        (Module<Tensor, Tensor> plain, Module<Tensor, Tensor> annotated) = Twins(name);
        using Tensor input = Input(name);

        Dictionary<string, byte[]> expected = Gradients(plain, input);
        Dictionary<string, byte[]> actual = Gradients(annotated, input);

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key]));
        Assert.Empty(Names<Modules.HeLU>(annotated));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AnnotatedGradientsAreNotRelus(string name)
    {
        (Module<Tensor, Tensor> plain, Module<Tensor, Tensor> annotated) = Twins(name);
        using Tensor input = Input(name);

        Dictionary<string, byte[]> relu = Gradients(plain, input);
        Dictionary<string, byte[]> helu = Gradients(annotated, input);

        Assert.Equal(relu.Keys, helu.Keys);
        Assert.Contains(relu, pair => !pair.Value.SequenceEqual(helu[pair.Key]));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ReplacedChildrenFollowTrainAndEval(string name)
    {
        using Module<Tensor, Tensor> annotated = Annotated(name);

        annotated.eval();
        Assert.All(annotated.named_modules(), pair => Assert.False(pair.module.training, pair.name));
        annotated.train();
        Assert.All(annotated.named_modules(), pair => Assert.True(pair.module.training, pair.name));
    }

    [Theory]
    [MemberData(nameof(MovableModels))]
    public void MovedToFloat64ItComputesWhatThePlainModelDoes(string name)
    {
        (Module<Tensor, Tensor> plain, Module<Tensor, Tensor> annotated) = Twins(name);
        using Tensor input = Input(name);
        using Tensor wide = input.is_floating_point() ? input.to(float64) : input.alias();
        plain.to(float64);
        annotated.to(float64);
        plain.eval();
        annotated.eval();

        using Tensor output = Run(annotated, wide);
        Assert.Equal(float64, output.dtype);
        Assert.Equal(Bits(Run(plain, wide)), Bits(output));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ItTrains(string name)
    {
        using Module<Tensor, Tensor> model = Annotated(name);
        using Tensor input = Input(name);
        using var optimizer = optim.SGD(model.parameters(), 0.02);
        byte[] before = Checkpoint(model);
        var losses = new List<float>();
        for (int step = 0; step < 2; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = Loss(Run(model, input));
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }
        losses.Add(Loss(Run(model, input)).item<float>());

        Assert.All(losses, loss => Assert.True(float.IsFinite(loss)));
        Assert.True(losses[^1] < losses[0], string.Join(" -> ", losses));
        Assert.NotEqual(before, Checkpoint(model));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void NothingIsReportedOnTheModelOrTheGeneratedFiles(string name)
    {
        GeneratorDriver driver = Harness.Programs.Driver()
            .RunGeneratorsAndUpdateCompilation(Harness.Programs.Compilation(ExampleModel.All[name].Source(HeLU)), out Compilation compilation, out _);

        Assert.Empty(driver.GetRunResult().Diagnostics);
        // Not GetDiagnostics: the compiler checks interceptors when it emits.
        Assert.Empty(compilation.Emit(Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    /// <summary>Each model's file compiled with and without the attribute, once.</summary>
    public sealed class Programs : IDisposable
    {
        private readonly Dictionary<(string File, string Attribute), SwappedProgram> _programs = [];

        internal SwappedProgram Annotated(string name) => Program(name, HeLU);

        internal SwappedProgram Plain(string name) => Program(name, "");

        public void Dispose()
        {
            foreach (SwappedProgram program in _programs.Values)
                program.Dispose();
        }

        private SwappedProgram Program(string name, string attribute)
        {
            ExampleModel model = ExampleModel.All[name];
            if (!_programs.TryGetValue((model.File, attribute), out SwappedProgram? program))
                _programs[(model.File, attribute)] = program = new SwappedProgram(model.Source(attribute));
            return program;
        }
    }

    private Module<Tensor, Tensor> Annotated(string name, long seed = 1) => Create(name, programs.Annotated(name), seed);

    private Module<Tensor, Tensor> Plain(string name, long seed = 1) => Create(name, programs.Plain(name), seed);

    /// <summary>The two models with the same weights.</summary>
    private (Module<Tensor, Tensor> Plain, Module<Tensor, Tensor> Annotated) Twins(string name)
    {
        Module<Tensor, Tensor> plain = Plain(name, seed: 1);
        Module<Tensor, Tensor> annotated = Annotated(name, seed: 2);
        Load(Checkpoint(plain), annotated);
        return (plain, annotated);
    }

    private static Module<Tensor, Tensor> Create(string name, SwappedProgram program, long seed)
    {
        random.manual_seed(seed);
        return ExampleModel.All[name].Create(program);
    }

    private static Tensor Input(string name)
    {
        random.manual_seed(17);
        return ExampleModel.All[name].Input();
    }

    /// <summary>Runs the model; its dropout draws the same each time.</summary>
    private static Tensor Run(Module<Tensor, Tensor> model, Tensor input)
    {
        random.manual_seed(23);
        return model.call(input);
    }

    private static Tensor Loss(Tensor output)
    {
        using Tensor labels = arange(output.shape[0], int64).remainder(output.shape[1]);
        return functional.cross_entropy(output, labels);
    }

    private static Dictionary<string, byte[]> Gradients(Module<Tensor, Tensor> model, Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Loss(Run(model, input)).backward();
        return model.named_parameters().Where(pair => pair.parameter.grad is not null).ToDictionary(pair => pair.name, pair => Bits(pair.parameter.grad!));
    }

    private static byte[] Checkpoint(Module<Tensor, Tensor> model)
    {
        using var stream = new MemoryStream();
        model.save(stream);
        return stream.ToArray();
    }

    private static void Load(byte[] checkpoint, Module<Tensor, Tensor> model)
    {
        using var stream = new MemoryStream(checkpoint);
        model.load(stream);
    }

    private static void AssertSameState(Module<Tensor, Tensor> expected, Module<Tensor, Tensor> actual)
    {
        Dictionary<string, Tensor> state = actual.state_dict();
        Assert.All(expected.state_dict(), pair => Assert.Equal(Bits(pair.Value), Bits(state[pair.Key])));
    }

    private static string[] Names<T>(Module<Tensor, Tensor> model) =>
        [.. model.named_modules().Where(pair => pair.module is T).Select(pair => pair.name)];

    private static byte[] Bits(Tensor tensor)
    {
        using Tensor plain = tensor.detach().contiguous();
        return plain.bytes.ToArray();
    }
}
