using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads one method of a model.</summary>
internal sealed class MethodReader
{
    private readonly ClassReading _reading;
    private readonly Func<SyntaxTree, SemanticModel> _modelOf;
    private readonly StatementReader _statements;

    public MethodReader(ClassReading reading, Func<SyntaxTree, SemanticModel> modelOf)
    {
        _reading = reading;
        _modelOf = modelOf;
        _statements = new(reading, new ExpressionReader(reading), this);
    }

    /// <summary>Reads a method, or the getter of a property.</summary>
    public HelperMethod Read(IMethodSymbol method)
    {
        string name = _reading.Helper(method);
        _reading.Owner = method.ContainingType;
        IMethodSymbol implemented = method.PartialImplementationPart ?? method;
        SyntaxNode? syntax = implemented.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_reading.Token);
        IOperation? body = syntax is null ? null : _modelOf(syntax.SyntaxTree).GetOperation(syntax, _reading.Token);
        return Read(name, implemented, syntax, body switch
        {
            IMethodBodyOperation whole => whole.BlockBody ?? whole.ExpressionBody,
            IBlockOperation block => block,
            _ => null,
        });
    }

    /// <summary>Reads a function inside a method.</summary>
    public HelperMethod Read(ILocalFunctionOperation function) => Read(function.Symbol.Name, function.Symbol, function.Syntax, function.Body);

    private HelperMethod Read(string name, IMethodSymbol method, SyntaxNode? syntax, IBlockOperation? body)
    {
        if (body is null)
        {
            _reading.Broken();
        }
        else if (method.IsAsync || IsIterator(syntax!))
        {
            _reading.Problem(HeadOf(syntax!), Instead.Async);
            body = null;
        }
        DataType? returns = DataTypes.Of(method.ReturnType, _reading.Types);
        if (returns is null && body is not null)
            _reading.Problem(HeadOf(syntax!), Instead.Value);
        var parameters = new List<HelperParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
            parameters.Add(new(parameter.Name, TypeOf(parameter)));
        return new(name, new([.. parameters]), returns ?? DataType.Void, body is null ? default : _statements.ReadAll(body.Operations));
    }

    private DataType TypeOf(IParameterSymbol parameter)
    {
        DataType? type = DataTypes.Of(parameter.Type, _reading.Types);
        if (parameter.RefKind == RefKind.None && type is not null)
            return type;
        if (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_reading.Token) is { } syntax)
            _reading.Problem(syntax, type is null ? Instead.Value : Instead.Reference);
        return DataType.Void;
    }

    private static SyntaxNode HeadOf(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax declaration => declaration.ReturnType,
        LocalFunctionStatementSyntax function => function.ReturnType,
        { } other => other,
    };

    private static bool IsIterator(SyntaxNode method) =>
        method.DescendantNodes(node => node == method || node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).Any(node => node is YieldStatementSyntax);
}
