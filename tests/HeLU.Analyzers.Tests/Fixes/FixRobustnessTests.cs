using System.Collections.Immutable;
using Helu.Analyzers.Tests.Harness;
using Helu.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>Half-typed programs, and diagnostics that come to stand at any code of them: no fix throws.</summary>
public class FixRobustnessTests
{
    private const int Rounds = 20;

    private const string Everything =
        """
        using System; using System.Collections.Generic; using TorchSharp; using TorchSharp.Modules;
        using static TorchSharp.torch; using static TorchSharp.torch.nn; using static TorchSharp.torch.nn.functional;
        namespace N;
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly ReLU act = ReLU(), other = ReLU(true);
            private readonly Module<Tensor, Tensor> last = ReLU();
            private readonly Linear fc = Linear(8, 8, hasBias: false), fc2 = Linear(8, 8);
            private readonly Sequential seq = Sequential(("a", Linear(8, 8)), ("b", ReLU()));
            private Sequential all = Sequential(Linear(8, 8), ReLU(), Linear(8, 8), ReLU()).append(ReLU());
            public Net() : base("Net")
            {
                var layers = new List<Module<Tensor, Tensor>> { Linear(8, 8), ReLU() };
                layers.Add(Conv2d(1, 1, 1)); layers.Add(ReLU());
                var net = Sequential(layers);
                Module<Tensor, Tensor>[] more = [Linear(1, 1), ReLU()];
                init.constant_(fc2.bias!, -1); fc2.bias!.zero_().sub_(1); fc2.bias = Parameter(full(8, -1f));
                init.zeros_(fc.weight); fc.weight.fill_(0.1).mul_(2); apply(m => { if (m is Linear linear) init.zeros_(linear.weight); });
                RegisterComponents();
            }
            public override Tensor forward(Tensor x)
            {
                x = relu(fc.call(x)); x = relu(x); x.relu_();
                using var y = act.call(fc2.call(x).relu());
                switch (x.Dimensions) { case 2: x = x.relu(); break; default: foreach (var f in new[] { fc }) x = functional.relu(f.call(x), true); break; }
                Func<Tensor, Tensor> g = z => relu(relu(z + 1)).sum();
                return last.call(x?.relu()!) + seq.call(other.forward(y)) + g(nn.ReLU().call(x));
            }
        }
        public partial class Net { private Tensor More(Tensor x) => act.call(x) * -x.relu(); }
        """;

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task No_fix_throws(string id, Func<CodeFixProvider> make)
    {
        var failures = new List<Exception>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Rounds), async (seed, token) =>
        {
            try
            {
                await FixAsync(make(), id, new Random(seed), token);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or NullReferenceException or InvalidCastException or IndexOutOfRangeException)
            {
                lock (failures)
                    failures.Add(exception);
            }
        });
        Assert.Empty(failures);
    }

    public static TheoryData<string, Func<CodeFixProvider>> Fixes() => new()
    {
        { "HELU1002", () => new SwapReluCodeFixProvider() },
        { "HELU1002", () => new TrainWithHeluCodeFixProvider() },
        { "HELU1006", () => new RemoveReluCodeFixProvider() },
        { "HELU1002", () => new InitialiseWithKaimingCodeFixProvider() },
        { "HELU1004", () => new InitialiseWithKaimingCodeFixProvider() },
        { "HELU1003", () => new ZeroBiasCodeFixProvider() },
        { "HELU1002", () => new InsertNormalizationCodeFixProvider() },
    };

    /// <summary>A program without some of its tokens, the fix of single diagnostics in it, and that of all of them at once.</summary>
    private static async Task FixAsync(CodeFixProvider provider, string id, Random random, CancellationToken token)
    {
        var marked = new MarkedProgram(id, [], Programs.ParseOptions, References, [[WithoutTokens(random)]]);
        Document document = marked.Solution.Projects.Single().Documents.Single();
        SyntaxTree tree = (await document.GetSyntaxTreeAsync(token))!;
        Diagnostic[] diagnostics = [.. Places(tree, token).Select(span => Report(id, tree, span))];
        string? key = null;
        foreach (Diagnostic diagnostic in random.GetItems(diagnostics, 4))
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => key = action.EquivalenceKey, token));
        if (key is null)
            return;
        var context = new FixAllContext(document, provider, FixAllScope.Document, key, [id], new MarkedDiagnostics(random.GetItems(diagnostics, 6)), token);
        if (await provider.GetFixAllProvider()!.GetFixAsync(context) is { } action)
            await action.GetOperationsAsync(token);
    }

    private static MetadataReference[] References { get; } =
        [.. Basic.Reference.Assemblies.Net100.References.All, Programs.TorchSharpPackage, Programs.AbstractionsPackage, Programs.RuntimePackage];

    private static string WithoutTokens(Random random)
    {
        string program = Everything;
        for (int i = random.Next(3); i > 0; i--)
        {
            SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(program).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
            TextSpan span = tokens[random.Next(tokens.Length)].Span;
            program = program.Remove(span.Start, span.Length);
        }
        return program;
    }

    private static IEnumerable<TextSpan> Places(SyntaxTree tree, CancellationToken token) =>
        tree.GetRoot(token).DescendantNodes().Where(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or StatementSyntax).Select(node => node.Span).Append(new TextSpan(0, 0));

    private static Diagnostic Report(string id, SyntaxTree tree, TextSpan span)
    {
        var descriptor = new DiagnosticDescriptor(id, "title", "message", "category", DiagnosticSeverity.Warning, isEnabledByDefault: true);
        var location = Location.Create(tree, span);
        return Diagnostic.Create(
            descriptor, location, [location],
            new Dictionary<string, string?> { ["Features"] = "8", ["Dimensions"] = "1" }.ToImmutableDictionary());
    }
}
