extern alias rules;

using System.Collections.Immutable;
using System.Globalization;
using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Benchmarks.Ratios;

/// <summary>What the rules add to compiling 100,000 lines with 500 model classes and their training code.</summary>
internal sealed class AnalysisTime : IComparisonGroup
{
    private const int Models = 500;
    private const int Lines = 100_000;

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_rules =
    [
        .. typeof(rules::Helu.Analyzers.UnswappedReluAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public IEnumerable<Comparison> Comparisons =>
    [
        // The compiler's own work for rules, which the SDK's rules cause in every project, is on both sides.
        new("analyser.100k-lines-500-models", "compiling with the rules", "compiling with an empty rule", () => Against(Models), Rounds: 5),
        new("analyser.100k-lines-no-models", "compiling with the rules", "compiling with an empty rule", () => Against(models: 0), Rounds: 5),
    ];

    private static Contestants Against(int models)
    {
        CSharpCompilation compilation = Program(models);
        return new(() => Compile(compilation, s_rules), () => Compile(compilation, [new EmptyRule()]));
    }

    private static void Compile(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> rules) =>
        compilation.Clone().WithAnalyzers(rules).GetAllDiagnosticsAsync().GetAwaiter().GetResult();

    private static CSharpCompilation Program(int models)
    {
        string[] files = [.. Enumerable.Range(0, models).Select(Model)];
        int left = Lines - files.Sum(file => file.AsSpan().Count('\n'));
        string ordinary = Ordinary(0);
        int lines = ordinary.AsSpan().Count('\n');
        return Programs.Compilation([.. files, .. Enumerable.Range(0, left / lines).Select(Ordinary)]);
    }

    /// <summary>A class as any project has hundreds of.</summary>
    private static string Ordinary(int index)
    {
        IEnumerable<string> methods = Enumerable.Range(0, 20).Select(method =>
            $$"""
                public string Describe{{method}}(IReadOnlyList<string> names, Dictionary<string, int> counts)
                {
                    var found = new List<string>();
                    foreach (string name in names.Where(name => name.Length > {{method}}).OrderBy(name => name))
                    {
                        if (counts.TryGetValue(name, out int count) && count > {{index}})
                            found.Add(name + " x" + (count * {{method}} + Total).ToString());
                        else
                            Total += name.Length;
                    }
                    return string.Join(", ", found);
                }

            """);
        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;

            public class Report{{index.ToString(CultureInfo.InvariantCulture)}}
            {
                public int Total { get; set; }

            {{string.Concat(methods)}}
            }

            """;
    }

    private static string Model(int index) => Programs.Usings +
        $$"""
        public class Net{{index}} : Module<Tensor, Tensor>
        {
            private readonly Sequential features = Sequential(("conv1", Conv2d(3, 8, 3)), ("relu1", ReLU()), ("conv2", Conv2d(8, 16, 3)), ("relu2", ReLU()), ("pool", MaxPool2d(2)));
            private readonly ModuleList<Module<Tensor, Tensor>> hidden;
            private readonly Module<Tensor, Tensor> head = Linear(64, 10);

            public Net{{index}}() : base("Net")
            {
                hidden = ModuleList(Enumerable.Range(0, 4).Select(i => (Module<Tensor, Tensor>)Linear(i == 0 ? 2304 : 64, 64)).ToArray());
                RegisterComponents();
            }

            public override Tensor forward(Tensor x)
            {
                x = features.call(x).flatten(1);
                foreach (var layer in hidden)
                    x = functional.relu(layer.call(x));
                return head.call(x);
            }
        }

        public static class Training{{index}}
        {
            public static void Run(Tensor x, Tensor y, int epochs)
            {
                var model = new Net{{index}}();
                var optimizer = torch.optim.Adam(model.parameters(), 1e-3);
                for (int epoch = 0; epoch < epochs; epoch++)
                {
                    optimizer.zero_grad();
                    var loss = functional.cross_entropy(model.call(x), y);
                    loss.backward();
                    optimizer.step();
                }
            }
        }

        """;
}
