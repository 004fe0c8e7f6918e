using System.Reflection;
using System.Runtime.Loader;
using Helu.Analyzers.Evidence.Cases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Analyzers.Evidence.Measuring;

/// <summary>A program of the corpus, compiled with its ReLUs observed and loaded into a context of its own.</summary>
internal sealed class CaseProgram : IDisposable
{
    private readonly AssemblyLoadContext _context = new("case", isCollectible: true);
    private readonly Func<int, (Module<Tensor, Tensor> Model, Tensor X)> _run;
    private readonly PropertyInfo _seen;

    /// <exception cref="InvalidOperationException">The program does not compile, or has no <c>Program.Run</c> of the agreed shape.</exception>
    public CaseProgram(EvidenceCase @case)
    {
        (CSharpCompilation compilation, SyntaxTree tree) = CaseCompilation.Of(@case);
        using var image = new MemoryStream();
        EmitResult result = compilation.AddSyntaxTrees(ObservationWriter.Write(compilation, tree)).Emit(image);
        if (!result.Success)
            throw new InvalidOperationException($"{@case} does not compile: {string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}");
        image.Position = 0;
        Assembly assembly = _context.LoadFromStream(image);
        MethodInfo run = assembly.GetType("Program")?.GetMethod("Run")
            ?? throw new InvalidOperationException($"{@case} has no public static Program.Run(int steps).");
        _run = run.CreateDelegate<Func<int, (Module<Tensor, Tensor>, Tensor)>>();
        _seen = assembly.GetType($"{CaseCompilation.ObservedNamespace}.Sites", throwOnError: true)!.GetProperty("Seen")!;
    }

    /// <summary>Builds the model and trains it for some steps; none leave it at its initialisation.</summary>
    public (Module<Tensor, Tensor> Model, Tensor X) Run(int steps) => _run(steps);

    /// <summary>Calls <paramref name="seen"/> with the line and the output of each ReLU that runs; null to stop.</summary>
    public void Observe(Action<int, Tensor>? seen) => _seen.SetValue(null, seen);

    public void Dispose() => _context.Unload();
}
