using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>The state of one trace: what ran so far, and how much more may.</summary>
internal sealed class TraceRun
{
    /// <summary>A ResNet-152 takes a tenth of it; what takes more is a loop that computes rather than builds.</summary>
    private const int MostSteps = 100_000;
    private const int DeepestCall = 48;

    private readonly Func<SyntaxTree, SemanticModel> _modelOf;
    private int _steps;
    private int _depth;

    public TraceRun(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, Func<INamedTypeSymbol, Construction?> constructionOf, CancellationToken token)
    {
        (Types, _modelOf, ConstructionOf, Token) = (types, modelOf, constructionOf, token);
        Journal = new(Join);
        Expressions = new(this);
        Statements = new(this);
        Objects = new(this);
        Modules = new(this);
    }

    public TorchTypes Types { get; }

    public Func<INamedTypeSymbol, Construction?> ConstructionOf { get; }

    public CancellationToken Token { get; }

    public Journal Journal { get; }

    public ExpressionRunner Expressions { get; }

    public StatementRunner Statements { get; }

    public ObjectBuilder Objects { get; }

    public ModuleRunner Modules { get; }

    /// <summary>All layers that ran, in order.</summary>
    public List<Layer> Layers { get; } = [];

    public List<TracedModule> Created { get; } = [];

    /// <summary>The runs of modules, in the order in which they ended.</summary>
    public List<ModuleRun> Runs { get; } = [];

    public List<(IInvocationOperation Call, IReadOnlyDictionary<string, Value> Arguments)> Optimisers { get; } = [];

    /// <summary>The calls that initialise or load parameters which the trace knows.</summary>
    public HashSet<SyntaxNode> Fills { get; } = [];

    /// <summary>The same of parameters that it does not know: those of a module that a method is given, by its base class.</summary>
    public HashSet<SyntaxNode> FillsOfUnknown { get; } = [];

    public Dictionary<ISymbol, Value> Statics { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The part of the code that is being initialised: a field that needs itself has no value yet.</summary>
    public HashSet<ISymbol> Pending { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether calls nested so deeply that some were not run.</summary>
    public bool IsCut { get; private set; }

    public bool IsExhausted => _steps > MostSteps;

    /// <summary>Counts a statement or expression. False when there were too many: the rest is not run.</summary>
    public bool Step()
    {
        Token.ThrowIfCancellationRequested();
        return ++_steps <= MostSteps;
    }

    /// <summary>Runs a method's body one call deeper; not known where calls nest too deeply.</summary>
    public Value Deeper(Func<Value> run)
    {
        IsCut |= _depth >= DeepestCall;
        if (_depth >= DeepestCall || IsExhausted)
            return Value.None;
        _depth++;
        try
        {
            return run();
        }
        finally
        {
            _depth--;
        }
    }

    public IOperation? Operation(SyntaxNode node) => _modelOf(node.SyntaxTree).GetOperation(node, Token);

    public Annotation? AnnotationOf(SyntaxNode node) => Annotation.Nearest(node, _modelOf(node.SyntaxTree), Types, Token);

    public Layer Add(Layer layer)
    {
        Layers.Add(layer);
        return layer;
    }

    public Value.Tensor Tensor(LayerKind kind, string name, IReadOnlyList<Layer> inputs, Site site, TracedModule? module = null) =>
        new(Add(new(kind, name, inputs, site) { Module = module }));

    /// <summary>A ReLU, which is another activation in training where an attribute says so.</summary>
    public Value.Tensor Relu(string name, IReadOnlyList<Layer> inputs, Site site, TracedModule? module = null)
    {
        Annotation? swap = AnnotationOf(site.Node) is { Swaps: true } annotation ? annotation : null;
        LayerKind kind = swap is null or { Kind: Kind.HeLU } ? LayerKind.ReLU : LayerKind.Activation;
        return new(Add(new(kind, name, inputs, site) { Module = module, Swap = swap }));
    }

    /// <summary>A loss over its first operand.</summary>
    public Value.Tensor Loss(string name, IReadOnlyList<Value> operands, Site site, TracedModule? module = null)
    {
        Layer prediction = LayerOf(operands.Count > 0 ? operands[0] : Value.None, site);
        Layer? target = (operands.Count > 1 ? operands[1] as Value.Tensor : null)?.Layer;
        return new(Add(new(LayerKind.Loss, name, [prediction], site) { Module = module, Target = target }));
    }

    /// <summary>The tensor that a value is taken for; one that nothing is known of comes from outside.</summary>
    public Layer LayerOf(Value value, Site site) => value switch
    {
        Value.Tensor tensor => tensor.Layer,
        Value.Parameter parameter => Add(new(LayerKind.Operation, parameter.Target.Name, [], site)),
        _ => Add(new(LayerKind.Input, "", [], site)),
    };

    public bool IsTensor(ITypeSymbol? type) => Types.IsTensor(type);

    /// <summary>The syntax of a member's code that has a body of its own.</summary>
    public SyntaxNode? CodeOf(ISymbol member) => member.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(Token)).FirstOrDefault(syntax => syntax switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        LocalFunctionStatementSyntax or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null } or ArrowExpressionClauseSyntax => true,
        _ => false,
    });

    private Value Join(Value first, Value second)
    {
        if (ReferenceEquals(first, second))
            return first;
        return (first, second) switch
        {
            (Value.Constant one, Value.Constant other) when Equals(one.Content, other.Content) => one,
            (Value.Reference one, Value.Reference other) when ReferenceEquals(one.Target, other.Target) => one,
            (Value.Sequence one, Value.Sequence other) when ReferenceEquals(one.Items, other.Items) => one,
            (Value.Tensor one, Value.Tensor other) when ReferenceEquals(one.Layer, other.Layer) => one,
            (Value.Tensor one, Value.Tensor other) => Tensor(LayerKind.Either, "", [one.Layer, other.Layer], one.Layer.Site),
            (Value.Tensor one, _) => Tensor(LayerKind.Unknown, "", [one.Layer], one.Layer.Site),
            (_, Value.Tensor other) => Tensor(LayerKind.Unknown, "", [other.Layer], other.Layer.Site),
            _ => Value.None,
        };
    }

    /// <summary>What a method gives that may end at several places.</summary>
    public Value JoinAll(IReadOnlyList<Value> values) => values.Count == 0 ? Value.None : values.Aggregate(Join);
}
