using Helu.Inference.Tests.Harness;
using Helu.Inference.Tracing;
using Helu.Inference.Weights;

namespace Helu.Inference.Tests.Freezing;

public sealed class WeightsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("helu-weights-").FullName;

    private string File => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ASavedModelIsLoadedWithoutTheCodeThatBuiltItsLayers()
    {
        ModelClass model = TestModel.Register(Forward);
        float[] input = SeededWeights.Floats(5, 3 * 4);
        float[] expected;
        using (var trained = new TestModel(TestModel.Freeze(Modules(model.TypeName).Seeded(1), new InferenceOptions())))
        {
            trained.Save(File);
            expected = trained.Run(input);
        }

        using var served = new TestModel(FrozenModel.Load(File, model.TypeName, null));

        Assert.Equal(expected, served.Run(input));
        Assert.Equal([4L], Assert.Single(served.InputShapes));
    }

    [Fact]
    public void TheTensorsAreNamedLikeTheStateDictAndBatchNormIsFoldedAway()
    {
        ModelClass model = TestModel.Register(Forward);
        using (var trained = new TestModel(TestModel.Freeze(Modules(model.TypeName).Seeded(1), new InferenceOptions())))
            trained.Save(File);

        using SafetensorsFile file = SafetensorsFile.Open(File);

        Assert.Equal(["block.0.bias", "block.0.weight", "head.bias", "head.weight"], file.Tensors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AModuleInTwoFieldsAndAnInfiniteFieldAreSavedAndLoaded()
    {
        ModelClass model = TestModel.Register((self, x) => Ops.hardtanh(self.module("b").call(self.module("a").call(x[0])), -self.value<float>("limit"), self.value<double>("limit")));
        ModuleNode shared = Structure.Linear(3, 3).Seeded(1);
        float[] input = [1, -2, 3], expected;
        using (var trained = new TestModel(TestModel.Freeze(Structure.Model(model.TypeName, [("a", shared), ("b", shared)], [("limit", double.PositiveInfinity)]), new InferenceOptions())))
        {
            trained.Save(File);
            expected = trained.Run(input);
        }

        using var served = new TestModel(FrozenModel.Load(File, model.TypeName, null));

        Assert.Equal(expected, served.Run(input));
    }

    [Fact]
    public void AnUnfoldedStateDictIsFoldedOnLoad()
    {
        ModelClass model = TestModel.Register(Forward, Modules);
        ModuleNode root = Modules(model.TypeName).Seeded(1);
        WriteStateDict(root);
        float[] input = SeededWeights.Floats(5, 4);
        using var trained = new TestModel(TestModel.Freeze(root, new InferenceOptions()));

        using var served = new TestModel(FrozenModel.Load(File, model.TypeName, null));

        Assert.Equal(trained.Run(input), served.Run(input));
    }

    [Fact]
    public void EveryTensorThatDoesNotFitIsListedAtOnce()
    {
        ModelClass model = TestModel.Register(Forward, Modules);
        Write(("block.0.weight", [5, 3], 15), ("block.0.bias", [5], 5), ("block.1.weight", [5], 5), ("head.weight", [2, 5], 10), ("head.extra", [1], 1), ("block.1.num_batches_tracked", [1], 1));

        InvalidDataException e = Assert.Throws<InvalidDataException>(() => FrozenModel.Load(File, model.TypeName, null));

        string[] lines = e.Message.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(
            [
                $"{File} does not fit {model.TypeName}:",
                "other shape: block.0.weight is [5, 3], expected [5, 4]",
                "missing: block.1.bias [5]",
                "missing: block.1.running_mean [5]",
                "missing: block.1.running_var [5]",
                "missing: head.bias [2]",
                "unknown: head.extra [1]",
            ],
            lines);
    }

    [Fact]
    public void AStateDictOfAModelThatIsNotBuiltFromConstantsIsRefusedWithTheWayOut()
    {
        ModelClass model = TestModel.Register(Forward);
        WriteStateDict(Modules(model.TypeName).Seeded(1));

        NotSupportedException e = Assert.Throws<NotSupportedException>(() => FrozenModel.Load(File, model.TypeName, null));

        Assert.Contains("ToInference().Save", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFileOfAnotherModelIsRefused()
    {
        ModelClass model = TestModel.Register(Forward), other = TestModel.Register(Forward);
        using (var trained = new TestModel(TestModel.Freeze(Modules(model.TypeName).Seeded(1), new InferenceOptions())))
            trained.Save(File);

        InvalidDataException e = Assert.Throws<InvalidDataException>(() => FrozenModel.Load(File, other.TypeName, null));

        Assert.Equal($"{File} holds the weights of {model.TypeName}; expected {other.TypeName}.", e.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"version": 2, "inputs": [], "root": {"type": "X"}}""")]
    [InlineData("""{"version": 1, "inputs": [[4]], "root": {"type": 5}}""")]
    [InlineData("""{"version": 1, "inputs": 4, "root": {"type": "X"}}""")]
    [InlineData("""{"version": 1, "inputs": [[4]], "root": {"type": "MODEL", "children": [{"field": "block"}]}}""")]
    [InlineData("""{"version": 1, "inputs": [[4]], "root": {"type": "MODEL", "children": [{"field": "a", "key": "a", "module": {"type": "Linear", "attributes": {"in_features": -1}}}]}}""")]
    [InlineData("""{"version": 1, "inputs": [[4]], "root": {"type": "MODEL", "children": [{"field": "a", "key": "a", "module": {"type": "Linear", "attributes": {}}}]}}""")]
    [InlineData("""{"version": 1, "inputs": [[4]], "root": {"type": "MODEL"}}""")]
    [InlineData("""{"version": 1, "inputs": [["x"]], "root": {"type": "MODEL"}}""")]
    public void ADamagedStructureIsInvalidData(string structure)
    {
        ModelClass model = TestModel.Register(Forward);
        SafetensorsWriter.Write(File, [], new Dictionary<string, string> { ["helu.structure"] = structure.Replace("MODEL", model.TypeName, StringComparison.Ordinal) });

        Assert.Throws<InvalidDataException>(() => FrozenModel.Load(File, model.TypeName, null));
    }

    private static Value Forward(ModuleNode self, Value[] x) => self.module("head").call(self.module("block").call(x[0]));

    private static ModuleNode Modules(string typeName) => Structure.Model(
        typeName,
        ("block", Structure.Sequential(("0", Structure.Linear(4, 5)), ("1", Structure.BatchNorm1d(5)), ("2", Structure.ReLU()), ("3", Structure.Identity()))),
        ("head", Structure.Linear(5, 2)));

    private void WriteStateDict(ModuleNode root)
    {
        root.SetPaths("");
        SafetensorsWriter.Write(
            File,
            root.DescendantsAndSelf().SelectMany(module => module.Weights.Select(weight => (module.Name(weight.Key), weight.Value.Shape, (ReadOnlyMemory<float>)weight.Value.Data))),
            new Dictionary<string, string>());
    }

    private void Write(params (string Name, long[] Shape, int Count)[] tensors) => SafetensorsWriter.Write(
        File, tensors.Select(tensor => (tensor.Name, tensor.Shape, (ReadOnlyMemory<float>)new float[tensor.Count])), new Dictionary<string, string>());
}
