using System.Globalization;
using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Benchmarks.Ratios;

/// <summary>What the generator adds to a compilation, and what it does again after an edit.</summary>
internal sealed class CompileTime : IComparisonGroup
{
    private static readonly int[] Classes = [1, 100, 1_000];

    public IEnumerable<Comparison> Comparisons => Classes.SelectMany(count => new Comparison[]
    {
        new($"generator.first-run.{count}", "generator", "compiling without it", () => FirstRun(count)),
        new($"generator.edit-unrelated-file.{count}", "rerun", "first run", () => Edit(count, file: count, "class Unrelated { int More() => COUNT; }")),
        new($"generator.edit-annotated-file.{count}", "rerun", "first run", () => Edit(count, file: 0, Class(0) + "// COUNT")),
    });

    private static Contestants FirstRun(int count)
    {
        CSharpCompilation compilation = Program(count);
        return new(
            () => Programs.Driver().RunGenerators(compilation.Clone()),
            () => compilation.Clone().Emit(Stream.Null));
    }

    private static Contestants Edit(int count, int file, string text)
    {
        CSharpCompilation compilation = Program(count);
        GeneratorDriver driver = Programs.Driver().RunGenerators(compilation);
        int edits = 0;
        return new(
            () => driver.RunGenerators(Edited()),
            () => Programs.Driver().RunGenerators(Edited()));

        CSharpCompilation Edited()
        {
            SyntaxTree old = compilation.SyntaxTrees[file];
            string edited = text.Replace("COUNT", (++edits).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            return compilation.ReplaceSyntaxTree(old, Programs.Tree(edited, old.FilePath));
        }
    }

    private static CSharpCompilation Program(int count) =>
        Programs.Compilation([.. Enumerable.Range(0, count).Select(Class), "class Unrelated { }"]);

    private static string Class(int index) => Programs.Usings +
        $$"""
        [Activation(Kind.HeLU)]
        public class Net{{index}} : Module<Tensor, Tensor>
        {
            private readonly ReLU act = ReLU();
            private readonly Sequential features = Sequential(("conv", Conv2d(3, 8, 3)), ("relu", ReLU()), ("pool", MaxPool2d(2)));
            private readonly Module<Tensor, Tensor> fc1 = Linear(128, 64), fc2 = Linear(64, 10);

            public Net{{index}}() : base("Net") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                x = act.call(features.call(x)).flatten(1);
                x = functional.relu(fc1.call(x));
                return fc2.call(x).relu();
            }
        }

        """;
}
