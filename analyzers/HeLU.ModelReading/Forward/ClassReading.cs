using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Forward;

/// <summary>What is gathered while one model class is read.</summary>
internal sealed class ClassReading(INamedTypeSymbol type, TorchTypes types, SwapLookup swaps, IndexInputs indexInputs, ForwardMode mode, CancellationToken token)
{
    private readonly List<ForwardProblem> _problems = [];
    private readonly List<string> _modules = [];
    private readonly List<string> _values = [];
    private readonly List<string> _parameters = [];
    private readonly Dictionary<IMethodSymbol, string> _helpers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _helperNames = [];

    public INamedTypeSymbol Type { get; } = type;

    public TorchTypes Types => types;

    public IndexInputs IndexInputs => indexInputs;

    public bool IsTraining => mode == ForwardMode.Training;

    public CancellationToken Token => token;

    /// <summary>Helper methods that were named and are still to be read.</summary>
    public Queue<IMethodSymbol> Unread { get; } = new();

    public IReadOnlyList<ForwardProblem> Problems => _problems;

    /// <summary>Whether the compiler reports errors in the code that was read.</summary>
    public bool IsBroken { get; private set; }

    public EquatableArray<string> Modules => new([.. _modules]);

    public EquatableArray<string> Values => new([.. _values]);

    public EquatableArray<string> Parameters => new([.. _parameters]);

    public string Module(string field) => Named(_modules, field);

    public string Value(string field) => Named(_values, field);

    public string Parameter(string field) => Named(_parameters, field);

    /// <summary>The class whose code is read at present: the model's own, or a base class's.</summary>
    public INamedTypeSymbol Owner { get; set; } = type;

    /// <summary>What the call is redirected to.</summary>
    public Annotation? Swap(IOperation call) => swaps.Of(call.Syntax, Owner, token);

    /// <summary>The name of a method of the model; it is read later.</summary>
    public string Helper(IMethodSymbol method)
    {
        if (_helpers.TryGetValue(method, out string? known))
            return known;
        string wanted = method.AssociatedSymbol is IPropertySymbol property ? property.Name : method.Name;
        string name = wanted;
        for (int number = 2; !_helperNames.Add(name); number++)
            name = $"{wanted}_{number}";
        _helpers.Add(method, name);
        Unread.Enqueue(method);
        return name;
    }

    /// <summary>Reports code that can't be specialised.</summary>
    public Expression Problem(IOperation operation, string instead) => Problem(operation.Syntax, instead);

    /// <summary>Reports code that can't be specialised.</summary>
    public Expression Problem(SyntaxNode node, string instead, string? what = null)
    {
        if (!_problems.Any(known => known.Node == node))
            _problems.Add(new(node, what ?? SourceCode.Quoted(node), instead));
        return Expression.None;
    }

    /// <summary>Code that the compiler itself reports.</summary>
    public Expression Broken()
    {
        IsBroken = true;
        return Expression.None;
    }

    private static string Named(List<string> names, string name)
    {
        if (!names.Contains(name))
            names.Add(name);
        return name;
    }
}
