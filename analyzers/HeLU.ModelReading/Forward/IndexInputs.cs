using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Tells which parameters hold ids: those that reach an Embedding, here or in a module that they are given to.</summary>
/// <param name="types">The types to recognise.</param>
/// <param name="modelOf">Gives the semantic model of a file of the compilation.</param>
internal sealed class IndexInputs(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf)
{
    private readonly Dictionary<IParameterSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether <paramref name="parameter"/> of <paramref name="method"/> reaches an Embedding.</summary>
    public bool Reach(IMethodSymbol method, IParameterSymbol parameter, CancellationToken token)
    {
        if (_known.TryGetValue(parameter, out bool known))
            return known;
        _known[parameter] = false; // a call that leads back here adds nothing
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(token) is not { } syntax || modelOf(syntax.SyntaxTree).GetOperation(syntax, token) is not { } body)
            return false;
        IOperation[] operations = [.. body.DescendantsAndSelf()];
        HashSet<ISymbol> names = Names(parameter, operations);
        return _known[parameter] = operations.OfType<IInvocationOperation>().Any(call => TakesIds(call, names, token));
    }

    /// <summary>The variable that a tensor is, whatever its shape or device.</summary>
    public static IOperation Source(IOperation tensor) => tensor switch
    {
        IConversionOperation conversion => Source(conversion.Operand),
        IParenthesizedOperation parenthesized => Source(parenthesized.Operand),
        IInvocationOperation { Instance: { } instance, TargetMethod.Name: "to" or "to_type" or "type" or "long" or "int" or "cpu" or "cuda" or "alias" or "contiguous" or "detach" or "view" or "reshape" or "flatten" or "squeeze" or "unsqueeze" } => Source(instance),
        _ => tensor,
    };

    /// <summary>The variables that the parameter's value is given to.</summary>
    private static HashSet<ISymbol> Names(IParameterSymbol parameter, IOperation[] operations)
    {
        var names = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { parameter };
        bool grows = true;
        while (grows)
        {
            grows = operations.Any(operation => operation switch
            {
                IVariableDeclaratorOperation { Initializer.Value: { } value } declarator => Holds(names, value) && names.Add(declarator.Symbol),
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { } local }, Value: { } value } => Holds(names, value) && names.Add(local),
                _ => false,
            });
        }
        return names;
    }

    private static bool Holds(HashSet<ISymbol> names, IOperation value) => VariableUses.Of(Source(value)) is { } variable && names.Contains(variable);

    private bool TakesIds(IInvocationOperation call, HashSet<ISymbol> names, CancellationToken token)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && Holds(names, argument.Value) && TakesIds(call, parameter, token))
                return true;
        }
        return false;
    }

    private bool TakesIds(IInvocationOperation call, IParameterSymbol parameter, CancellationToken token)
    {
        ITypeSymbol? receiver = call.Instance is { } instance ? TypeOf(instance, token) : null;
        if (call.TargetMethod.Name is "call" or "forward" && receiver is INamedTypeSymbol module)
        {
            if (types.IsTorchSharp(module))
                return module.Name is "Embedding" or "EmbeddingBag";
            return ModelMethods.Forward(module, types) is { } forward
                && parameter.Ordinal < forward.Parameters.Length
                && Reach(forward, forward.Parameters[parameter.Ordinal], token);
        }
        IMethodSymbol method = call.TargetMethod.OriginalDefinition;
        return !method.DeclaringSyntaxReferences.IsEmpty && Reach(method, method.Parameters[parameter.Ordinal], token);
    }

    /// <summary>The type of a module; where a field is declared as a plain module, the type of what is put into it first.</summary>
    private ITypeSymbol? TypeOf(IOperation module, CancellationToken token)
    {
        if (module.Type is not INamedTypeSymbol { IsAbstract: true } || VariableUses.Of(module) is not IFieldSymbol field)
            return module.Type;
        IOperation? value = FieldValues.First(field, modelOf, token);
        return value?.Type ?? module.Type;
    }
}
