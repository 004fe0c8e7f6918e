using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Helu.Generators.Tests.Harness;

/// <summary>A user program that was compiled with the generator and loaded into a context of its own.</summary>
internal sealed class SwappedProgram : IDisposable
{
    private readonly AssemblyLoadContext _context = new("program", isCollectible: true);
    private readonly Assembly _assembly;

    public SwappedProgram(params string[] sources)
    {
        GeneratorDriver driver = Programs.Driver().RunGeneratorsAndUpdateCompilation(Programs.Compilation(sources), out Compilation compilation, out _);
        Generated = [.. driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString())];
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Concat<object>(Generated)));
        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    /// <summary>The generated files.</summary>
    public IReadOnlyList<string> Generated { get; }

    /// <summary>How many calls the generated code intercepts.</summary>
    public int InterceptedCalls => Generated.Sum(text => text.Split("[InterceptsLocation(").Length - 1);

    public T Create<T>(string type, params object?[] arguments) =>
        (T)Activator.CreateInstance(_assembly.GetType(type, throwOnError: true)!, arguments)!;

    public T Call<T>(string type, string method, params object?[] arguments) =>
        (T)_assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments)!;

    public void Dispose() => _context.Unload();
}
