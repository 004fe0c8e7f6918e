extern alias compiler;

using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using compiler::Helu.Generators;
using compiler::Helu.Generators.Inference;
using compiler::Helu.ModelReading;
using compiler::Helu.ModelReading.Forward;
using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Generators.Tests;

/// <summary>An edit makes the generator do again what it touches, and nothing else.</summary>
public class IncrementalityTests
{
    private const string Net = "[Activation(Kind.HeLU)] public class Net { public Tensor F(Tensor x) => x.relu(); }";
    private const string Model =
        "[Activation(Kind.HeLU)] public partial class Model : Module<Tensor, Tensor> { private readonly Linear fc = Linear(2, 2); public Model() : base(\"\") { } public override Tensor forward(Tensor x) => fc.call(x.relu()); }";

    private const string OtherModel =
        "[Activation(Kind.HeLU)] public class OtherModel : Module<Tensor, Tensor> { public OtherModel() : base(\"\") { } public override Tensor forward(Tensor x) => x.relu(); }";

    private const string OtherNet = "[Activation(Kind.HeLU)] public class OtherNet { public Tensor F(Tensor x) => x.relu(); }";

    [Fact]
    public void AnEditOfAnUnrelatedFileRedoesNothing()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        IEnumerable<(string Name, IncrementalStepRunReason Reason)> steps = Rerun(driver, Edit(compilation, 2, "class Unrelated { int More() => 2; }"));

        Assert.Equal([("Net", IncrementalStepRunReason.Cached), ("OtherNet", IncrementalStepRunReason.Cached)], steps.Select(Settled));
    }

    [Fact]
    public void ACommentInAnAnnotatedFileRedoesThatFilesClassOnly()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        IEnumerable<(string Name, IncrementalStepRunReason Reason)> steps = Rerun(driver, Edit(compilation, 0, Programs.Usings + "// a comment\n" + Net));

        // An interceptor names its place by a checksum of the whole file, so a comment moves it.
        Assert.Equal([("Net", IncrementalStepRunReason.Modified), ("OtherNet", IncrementalStepRunReason.Cached)], steps.Select(Settled));
    }

    [Fact]
    public void ARealChangeIsDoneAgain()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        CSharpCompilation edited = Edit(compilation, 0, Programs.Usings + Net.Replace("Kind.HeLU", "Kind.GELU", StringComparison.Ordinal));
        driver = driver.RunGenerators(edited);

        GeneratedSourceResult file = driver.GetRunResult().Results.Single().GeneratedSources.Single(source => source.HintName == "Net.Activations.g.cs");
        Assert.Contains("Kind.GELU", file.SourceText.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Kind.HeLU", file.SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SwitchingInterceptorsOffRemovesTheGeneratedFiles()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        CSharpParseOptions off = Programs.ParseOptions.WithFeatures([]);
        CSharpCompilation without = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => tree.WithRootAndOptions(tree.GetRoot(), off)));

        Assert.Equal(2, driver.GetRunResult().GeneratedTrees.Length);
        Assert.Empty(driver.WithUpdatedParseOptions(off).RunGenerators(without).GetRunResult().GeneratedTrees);
    }

    [Fact]
    public void AnEditOfAnUnrelatedFileWritesNoInferenceClassAgain()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Model, OtherModel);
        CSharpCompilation edited = Edit(compilation, 2, "class Unrelated { int More() => 2; }");

        Assert.Equal([("Model", IncrementalStepRunReason.Cached), ("OtherModel", IncrementalStepRunReason.Cached)], RerunModels(driver, edited));
    }

    [Theory]
    [InlineData("// a comment\n", "")]
    [InlineData("", "/* a comment\n in the middle */ ")]
    [InlineData("class Another { }\n", "")]
    public void ACommentInAModelsFileWritesNoInferenceClassAgain(string before, string within)
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Model, OtherModel);
        CSharpCompilation edited = Edit(compilation, 0, Programs.Usings + before + Model.Replace("fc.call", within + "fc.call", StringComparison.Ordinal));

        Assert.Equal([("Model", IncrementalStepRunReason.Cached), ("OtherModel", IncrementalStepRunReason.Cached)], RerunModels(driver, edited));
    }

    [Theory]
    [InlineData("x.relu()", "x.sigmoid()")]
    [InlineData("Kind.HeLU", "Kind.GELU")]
    [InlineData("Linear(2, 2)", "Linear(2, 2, hasBias: false)")]
    [InlineData("(Tensor x) => fc.call(x.relu())", "(Tensor y) => fc.call(y.relu())")]
    [InlineData("partial class", "class")]
    public void AChangeOfAModelWritesItsInferenceClassAgain(string old, string changed)
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Model, OtherModel);
        CSharpCompilation edited = Edit(compilation, 0, Programs.Usings + Model.Replace(old, changed, StringComparison.Ordinal));

        Assert.Equal([("Model", IncrementalStepRunReason.Modified), ("OtherModel", IncrementalStepRunReason.Cached)], RerunModels(driver, edited));
    }

    [Fact]
    public void AChangeOfAnInheritedForwardWritesTheInferenceClassAgain()
    {
        const string Derived = "[Activation(Kind.HeLU)] public partial class Derived : Model { }";
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Model, Derived);
        CSharpCompilation edited = Edit(compilation, 0, Programs.Usings + Model.Replace("x.relu()", "x.tanh()", StringComparison.Ordinal));

        Assert.Equal([("Model", IncrementalStepRunReason.Modified), ("Derived", IncrementalStepRunReason.Modified)], RerunModels(driver, edited));
    }

    [Fact]
    public void AModelThatNoLongerCanBeSpecialisedLosesItsInferenceClass()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun(Model, OtherModel);
        CSharpCompilation edited = Edit(compilation, 0, Programs.Usings + Model.Replace("x.relu()", "x.argmax()", StringComparison.Ordinal));

        IEnumerable<string> files = driver.RunGenerators(edited).GetRunResult().Results.Single().GeneratedSources.Select(source => source.HintName);
        Assert.Equal(["OtherModel.Activations.g.cs", "OtherModel.Inference.g.cs", "OtherModel.Training.g.cs"], files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NoCachedRecordHoldsARoslynObject()
    {
        // A syntax node, symbol or location in a cached record keeps its whole compilation alive, and makes it differ on every edit.
        var seen = new HashSet<Type>();
        Visit(typeof(AnnotatedCode), nameof(AnnotatedCode));
        foreach (Type type in typeof(ModelForward).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Expression)) || type.IsSubclassOf(typeof(Statement)) || type.IsSubclassOf(typeof(Pattern))))
            Visit(type, type.Name);
        Assert.Superset(new HashSet<Type> { typeof(SwapSite), typeof(Statement.ForEach), typeof(Expression.ModuleCall), typeof(Pattern.NotNull), typeof(Annotation) }, seen);

        void Visit(Type type, string path)
        {
            if (!seen.Add(type))
                return;
            Assert.False(type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true, $"{path} is {type}");
            foreach (Type argument in type.GetGenericArguments())
                Visit(argument, path + "<>");
            if (type.Namespace?.StartsWith("Helu", StringComparison.Ordinal) != true)
                return;
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                Visit(field.FieldType, $"{path}.{field.Name}");
        }
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) FirstRun(string net = Net, string otherNet = OtherNet)
    {
        CSharpCompilation compilation = Programs.Compilation(Programs.Usings + net, Programs.Usings + otherNet, "class Unrelated { }");
        return (Programs.Driver().RunGenerators(compilation), compilation);
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(old, Programs.Tree(text, old.FilePath));
    }

    private static IEnumerable<(string Name, IncrementalStepRunReason Reason)> Rerun(GeneratorDriver driver, CSharpCompilation compilation)
    {
        ImmutableArray<IncrementalGeneratorRunStep> steps = driver.RunGenerators(compilation).GetRunResult().Results.Single()
            .TrackedSteps[ActivationGenerator.ClassesStep];
        return steps.SelectMany(step => step.Outputs).Select(output => (((SwappedClass)output.Value).Name, output.Reason));
    }

    private static IEnumerable<(string Name, IncrementalStepRunReason Reason)> RerunModels(GeneratorDriver driver, CSharpCompilation compilation)
    {
        ImmutableArray<IncrementalGeneratorRunStep> steps = driver.RunGenerators(compilation).GetRunResult().Results.Single()
            .TrackedSteps[ActivationGenerator.ModelsStep];
        return steps.SelectMany(step => step.Outputs).Select(output => Settled((((InferenceClass)output.Value).Name, output.Reason)));
    }

    /// <summary>Cached and Unchanged both mean that nothing after the step runs again.</summary>
    private static (string Name, IncrementalStepRunReason Reason) Settled((string Name, IncrementalStepRunReason Reason) step) =>
        step.Reason == IncrementalStepRunReason.Unchanged ? (step.Name, IncrementalStepRunReason.Cached) : step;
}
