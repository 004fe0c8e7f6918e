using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Creates objects and runs the code of methods.</summary>
/// <param name="run">The trace.</param>
internal sealed class ObjectBuilder(TraceRun run)
{
    private const int MostNestedAssumptions = 8;

    private int _assuming;

    public Value Create(IObjectCreationOperation creation, Frame frame)
    {
        Value[] arguments = ReadArguments(creation.Arguments, frame);
        if (creation.Type is not INamedTypeSymbol type)
            return Value.None;
        if (type.DeclaringSyntaxReferences.IsEmpty)
            return OfLibrary(creation, type, arguments);
        return Instantiate(type, creation.Constructor, arguments, creation.Syntax, frame.Site) is { } created ? new Value.Reference(created) : Value.None;
    }

    /// <summary>The values of arguments by the ordinal of their parameter.</summary>
    public Value[] ReadArguments(IEnumerable<IArgumentOperation> arguments, Frame frame)
    {
        var values = new List<Value>();
        foreach (IArgumentOperation argument in arguments)
        {
            int ordinal = argument.Parameter?.Ordinal ?? values.Count;
            while (values.Count <= ordinal)
                values.Add(Value.None);
            values[ordinal] = run.Expressions.Read(argument.Value, frame);
        }
        return [.. values];
    }

    /// <summary>Runs the initialisers and constructors of a class that is written in this compilation. Null for other types.</summary>
    public TracedObject? Instantiate(INamedTypeSymbol type, IMethodSymbol? constructor, IReadOnlyList<Value> arguments, SyntaxNode creation, Site? site)
    {
        if (type is not { TypeKind: TypeKind.Class or TypeKind.Struct } || type.DeclaringSyntaxReferences.IsEmpty)
            return null;
        TracedObject created = run.Types.InheritsModule(type) ? new TracedModule(type, type.Name, creation) { IsUserClass = true } : new TracedObject(type);
        var module = created as TracedModule;
        if (module is not null)
            run.Created.Add(module);
        run.Deeper(() =>
        {
            Construct(created, type, constructor, arguments, new(creation, site));
            return Value.None;
        });
        if (module is not null)
            module.IsRegistered = true;
        return created;
    }

    /// <summary>A model that a variable of its type must hold although nothing is seen of where it comes from; null for other types.</summary>
    public Value? Assumed(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } model || model.DeclaringSyntaxReferences.IsEmpty || !run.Types.InheritsModule(model) || _assuming >= MostNestedAssumptions)
            return null;
        _assuming++;
        Construction? construction = run.ConstructionOf(model.OriginalDefinition);
        TracedObject? assumed = Instantiate(model, construction?.Constructor, construction?.Arguments ?? [], model.DeclaringSyntaxReferences[0].GetSyntax(run.Token), null);
        _assuming--;
        return assumed is null ? null : new Value.Reference(assumed);
    }

    /// <summary>Runs a method that is written in this compilation.</summary>
    public Value RunMethod(IMethodSymbol method, TracedObject? instance, Frame? captured, IReadOnlyList<Value> arguments, Site site)
    {
        if (Dispatch.Of(method, instance?.Type) is not { } target || run.CodeOf(target) is not { } code)
            return Value.None;
        return RunCode(code, target, new Frame(instance, captured, site), arguments);
    }

    /// <summary>Runs a body with its parameters set.</summary>
    public Value RunCode(SyntaxNode code, IMethodSymbol method, Frame frame, IReadOnlyList<Value> arguments) => RunCode(run.Operation(code), method, frame, arguments);

    public Value RunCode(IOperation? code, IMethodSymbol method, Frame frame, IReadOnlyList<Value> arguments) => run.Deeper(() =>
    {
        foreach (IParameterSymbol parameter in method.Parameters)
            run.Journal.Set(frame.Variables, parameter, parameter.Ordinal < arguments.Count ? arguments[parameter.Ordinal] : Value.None);
        IOperation? body = code switch
        {
            IMethodBodyBaseOperation bodies => bodies.BlockBody ?? bodies.ExpressionBody,
            ILocalFunctionOperation function => function.Body,
            _ => code,
        };
        run.Statements.Run(body, frame);
        return frame.Yielded is { } yielded ? new Value.Sequence(yielded) : run.JoinAll(frame.Returned);
    });

    /// <summary>The expression that a field or automatic property starts with.</summary>
    public IOperation? InitializerOf(ISymbol member)
    {
        EqualsValueClauseSyntax? initializer = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(run.Token) switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        };
        return initializer is not null && run.Operation(initializer) is ISymbolInitializerOperation operation ? operation.Value : null;
    }

    private void Construct(TracedObject created, INamedTypeSymbol type, IMethodSymbol? constructor, IReadOnlyList<Value> arguments, Site site)
    {
        constructor ??= type.InstanceConstructors.Where(candidate => !candidate.IsImplicitlyDeclared).OrderBy(candidate => candidate.Parameters.Length).FirstOrDefault();
        SyntaxNode? syntax = constructor?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(run.Token);
        var frame = new Frame(created, null, site);
        foreach (IParameterSymbol parameter in constructor?.OriginalDefinition.Parameters ?? [])
        {
            Value value = parameter.Ordinal < arguments.Count ? arguments[parameter.Ordinal] : Value.None;
            Dictionary<ISymbol, Value> variables = syntax is TypeDeclarationSyntax ? created.Fields : frame.Variables;
            run.Journal.Set(variables, parameter, value);
            if (syntax is RecordDeclarationSyntax && type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
                run.Journal.Set(created.Fields, property.OriginalDefinition, value);
        }
        var body = syntax is ConstructorDeclarationSyntax ? run.Operation(syntax) as IConstructorBodyOperation : null;
        IInvocationOperation? chained = body?.Initializer is IExpressionStatementOperation { Operation: IInvocationOperation call } ? call : PrimaryBase(syntax);
        bool isOwn = chained is not null && SymbolEqualityComparer.Default.Equals(chained.TargetMethod.ContainingType.OriginalDefinition, type.OriginalDefinition);
        if (!isOwn)
            Initialize(created, type, frame);
        Chain(created, type, chained, frame);
        run.Statements.Run(body?.BlockBody ?? body?.ExpressionBody, frame);
    }

    private IInvocationOperation? PrimaryBase(SyntaxNode? syntax) =>
        syntax is TypeDeclarationSyntax { BaseList.Types: [PrimaryConstructorBaseTypeSyntax primary, ..] } ? run.Operation(primary) as IInvocationOperation : null;

    private void Chain(TracedObject created, INamedTypeSymbol type, IInvocationOperation? chained, Frame frame)
    {
        INamedTypeSymbol? target = chained?.TargetMethod.ContainingType ?? type.BaseType;
        if (target is null)
            return;
        Value[] arguments = chained is null ? [] : ReadArguments(chained.Arguments, frame);
        if (!target.DeclaringSyntaxReferences.IsEmpty)
        {
            // One level deeper: in code that is being typed a constructor may call itself.
            run.Deeper(() =>
            {
                Construct(created, target, chained?.TargetMethod, arguments, frame.Site!);
                return Value.None;
            });
        }
        else if (created is TracedModule module && run.Types.IsTorchSharp(target))
            run.Modules.Fill(module.Children, arguments);
    }

    private void Initialize(TracedObject created, INamedTypeSymbol type, Frame frame)
    {
        foreach (ISymbol member in type.OriginalDefinition.GetMembers().Where(member => !member.IsStatic && member is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol))
        {
            if (InitializerOf(member) is { } initializer)
                run.Journal.Set(created.Fields, member, run.Expressions.Read(initializer, frame));
            else if (member is IFieldSymbol { Type.IsReferenceType: true } field && (field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private))
                run.Journal.Set(created.Fields, member, Value.Null);
        }
    }

    private Value OfLibrary(IObjectCreationOperation creation, INamedTypeSymbol type, Value[] arguments)
    {
        if (TorchTypes.Same(type, run.Types.Parameter))
            return arguments is [{ } data, ..] ? data : Value.None;
        if (run.Types.IsModuleType(type))
            return run.Modules.Create(type, type.Name, creation.Arguments, arguments, creation.Syntax);
        if (!TorchTypes.IsSystem(type) || type.AllInterfaces.All(contract => contract.Name != "IEnumerable") || type.Name.Contains("Dictionary"))
            return Value.None;
        var list = new ValueList([]);
        foreach (Value argument in arguments)
        {
            if (ExpressionRunner.Items(argument) is not { } items)
                continue;
            list.Items.AddRange(items.Items);
            list.IsComplete &= items.IsComplete;
        }
        return new Value.Sequence(list);
    }
}
