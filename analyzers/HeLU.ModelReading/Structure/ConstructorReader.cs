using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Structure;

/// <summary>Follows a constructor that is a straight line: what its fields hold afterwards.</summary>
internal sealed class ConstructorReader
{
    private readonly Dictionary<ISymbol, Built> _variables = new(SymbolEqualityComparer.Default);
    private readonly StructureReader _reader;
    private readonly ValueReader _values;

    public ConstructorReader(StructureReader reader)
    {
        _reader = reader;
        _values = new(reader, _variables);
    }

    /// <summary>The first statement that can't be followed.</summary>
    public string? Fault { get; private set; }

    /// <summary>What a field or automatic property holds; null where nothing was put into it.</summary>
    public Built? ValueOf(ISymbol member) => _variables.TryGetValue(member.OriginalDefinition, out Built? value) ? value : null;

    /// <summary>Runs a constructor of <paramref name="type"/> and those of its base classes.</summary>
    public void Run(INamedTypeSymbol type, IMethodSymbol? constructor, IReadOnlyList<Built> arguments)
    {
        if (constructor is not null)
        {
            foreach (IParameterSymbol parameter in constructor.OriginalDefinition.Parameters)
                _variables[parameter] = parameter.Ordinal < arguments.Count ? arguments[parameter.Ordinal] : Built.Unknown($"'{parameter.Name}' of {type.Name}'s constructor");
        }
        SyntaxNode? syntax = constructor?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_reader.Token);
        var body = syntax is ConstructorDeclarationSyntax ? _reader.Operation(syntax) as IConstructorBodyOperation : null;
        IInvocationOperation? chained = body?.Initializer is IExpressionStatementOperation { Operation: IInvocationOperation call } ? call : PrimaryBase(syntax);
        if (chained is null || !SymbolEqualityComparer.Default.Equals(chained.TargetMethod.ContainingType.OriginalDefinition, type.OriginalDefinition))
            Initialize(type);
        Chain(type, chained);
        foreach (IOperation operation in (body?.BlockBody ?? body?.ExpressionBody)?.Operations ?? [])
            Step(operation);
    }

    private IInvocationOperation? PrimaryBase(SyntaxNode? syntax) =>
        syntax is TypeDeclarationSyntax { BaseList.Types: [PrimaryConstructorBaseTypeSyntax primary, ..] } ? _reader.Operation(primary) as IInvocationOperation : null;

    private void Chain(INamedTypeSymbol type, IInvocationOperation? chained)
    {
        INamedTypeSymbol? target = chained?.TargetMethod.ContainingType ?? type.BaseType;
        if (target is null || target.DeclaringSyntaxReferences.IsEmpty)
            return;
        IMethodSymbol? constructor = chained?.TargetMethod ?? target.InstanceConstructors.FirstOrDefault(method => method.Parameters.IsEmpty);
        Built[] arguments = chained is null ? [] : [.. chained.Arguments.OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => _values.Read(argument.Value))];
        Run(target.OriginalDefinition, constructor?.OriginalDefinition, arguments);
    }

    private void Initialize(INamedTypeSymbol type)
    {
        foreach (SyntaxNode declaration in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_reader.Token)))
        {
            foreach (MemberDeclarationSyntax member in (declaration as TypeDeclarationSyntax)?.Members ?? default)
            {
                IEnumerable<SyntaxNode?> initializers = member switch
                {
                    FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Initializer),
                    PropertyDeclarationSyntax property => [property.Initializer],
                    _ => [],
                };
                foreach (SyntaxNode initializer in initializers.OfType<SyntaxNode>())
                    Initialize(_reader.Operation(initializer));
            }
        }
    }

    private void Initialize(IOperation? initializer)
    {
        if (initializer is IFieldInitializerOperation field)
            _variables[field.InitializedFields[0]] = _values.Read(field.Value);
        else if (initializer is IPropertyInitializerOperation property)
            _variables[property.InitializedProperties[0]] = _values.Read(property.Value);
    }

    private void Step(IOperation operation)
    {
        switch (operation)
        {
            case IBlockOperation block:
                foreach (IOperation inner in block.Operations)
                    Step(inner);
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    _variables[declarator.Symbol] = declarator.Initializer is { } initializer ? _values.Read(initializer.Value) : Built.Null;
                break;
            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } when VariableUses.Of(assignment.Target) is { } variable:
                _variables[variable] = _values.Read(assignment.Value);
                break;
            case IConditionalOperation { WhenTrue: { } whenTrue } conditional when _values.Read(conditional.Condition).Value is Expression.Constant { Value: bool holds }:
                if ((holds ? whenTrue : conditional.WhenFalse) is { } taken)
                    Step(taken);
                break;
            case var _ when BuildsNothing(operation):
                break;
            default:
                Fault ??= StructureReader.Place(operation.Syntax);
                break;
        }
    }

    /// <summary>Registration, initialisation of weights, moves to a device, checks of arguments: the modules stay what they are.</summary>
    private bool BuildsNothing(IOperation operation) => operation switch
    {
        IEmptyOperation or IThrowOperation or IReturnOperation or ILocalFunctionOperation => true,
        IBlockOperation block => block.Operations.All(BuildsNothing),
        IConditionalOperation conditional => BuildsNothing(conditional.WhenTrue) && (conditional.WhenFalse is null || BuildsNothing(conditional.WhenFalse)),
        IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { } method } } =>
            (_reader.Types.IsTorchSharp(method.ContainingType) && (method.Name is "RegisterComponents" or "to" or "cuda" or "cpu" or "train" or "eval" || method.ContainingType.Name == "init"))
            || TorchTypes.IsSystem(method.ContainingType, "ArgumentNullException", "ArgumentOutOfRangeException", "Debug", "Console"),
        _ => false,
    };
}
