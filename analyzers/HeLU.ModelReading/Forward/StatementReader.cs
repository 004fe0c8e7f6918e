using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads the statements of a method. What only training needs is left out: branches on <c>training</c>, dispose scopes, <c>no_grad</c>.</summary>
internal sealed class StatementReader(ClassReading reading, ExpressionReader expressions, MethodReader methods)
{
    /// <summary>Types whose methods check or report, and compute nothing.</summary>
    private static readonly string[] s_checks = ["Debug", "Trace", "GC", "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "ObjectDisposedException"];

    public EquatableArray<Statement> ReadAll(IEnumerable<IOperation> operations)
    {
        var statements = new List<Statement>();
        foreach (IOperation operation in operations)
        {
            if (operation is not ILocalFunctionOperation && statements.Any(statement => statement.Ends))
                continue;
            statements.AddRange(Read(operation));
        }
        return new([.. statements]);
    }

    private IEnumerable<Statement> Read(IOperation operation)
    {
        reading.Token.ThrowIfCancellationRequested();
        switch (operation)
        {
            case IEmptyOperation:
                return [];
            case IBlockOperation block:
                return [new Statement.Block(ReadAll(block.Operations))];
            case IVariableDeclarationGroupOperation group:
                return Declarations(group);
            case IUsingDeclarationOperation declaration:
                return Declarations(declaration.DeclarationGroup);
            case IUsingOperation @using:
                return Using(@using);
            case IExpressionStatementOperation expression:
                return Expression(expression.Operation);
            case IConditionalOperation conditional:
                return If(conditional);
            case IForEachLoopOperation loop:
                return ForEach(loop);
            case IForLoopOperation loop:
                return For(loop);
            case IWhileLoopOperation { Condition: { } condition } loop:
                return [new Statement.While(expressions.Read(condition), Single(loop.Body), loop.ConditionIsTop) { Code = HeadOf(loop, loop.Body) }];
            case ISwitchOperation choice:
                return [new Statement.Switch(expressions.Read(choice.Value), new([.. choice.Cases.Select(Section)])) { Code = $"switch ({CodeOf(choice.Value)})" }];
            case IReturnOperation { Kind: OperationKind.Return } @return:
                return Return(@return);
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return [new Statement.Break()];
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return [new Statement.Continue()];
            case IThrowOperation { Exception: { } exception }:
                return [new Statement.Throw(SourceCode.OnOneLine(exception.Syntax))];
            case ILocalFunctionOperation function:
                return [new Statement.LocalFunction(methods.Read(function))];
            case IInvalidOperation:
                reading.Broken();
                return [];
            default:
                reading.Problem(HeadOf(operation.Syntax), Instead.Statement);
                return [];
        }
    }

    private IEnumerable<Statement> Return(IReturnOperation operation)
    {
        if (operation.ReturnedValue is not { } value)
            return [new Statement.Return(null)];
        return [new Statement.Return(expressions.Read(value)) { Code = CodeOf(operation) }];
    }

    private IEnumerable<Statement> Declarations(IVariableDeclarationGroupOperation group)
    {
        foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
        {
            IOperation? value = (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
            if (IsScope(declarator.Symbol.Type, value))
                continue;
            if (DataTypes.Of(declarator.Symbol.Type, reading.Types) is not { } type)
            {
                ReportType(declarator.Symbol.Type, value, declarator);
                continue;
            }
            if (IsVar(declarator))
                type = type with { IsNullable = type.IsNullable && declarator.Symbol.Type.IsValueType };
            yield return new Statement.Declare(declarator.Symbol.Name, type, value is null ? null : expressions.Read(value)) { Code = CodeOf(declarator) };
        }
    }

    /// <summary>Whether the type is the value's: every <c>var</c> of a reference type is nullable then.</summary>
    private static bool IsVar(IVariableDeclaratorOperation declarator) => declarator.Syntax.Parent is VariableDeclarationSyntax { Type.IsVar: true };

    /// <summary>A value of a strange type is what is wrong; its operands are read all the same.</summary>
    private void ReportType(ITypeSymbol type, IOperation? value, IVariableDeclaratorOperation declarator)
    {
        if (type.TypeKind == TypeKind.Error || value is IInvalidOperation)
            reading.Broken();
        else if (value is null || expressions.Read(value) != Forward.Expression.None)
            reading.Problem(value ?? declarator, Instead.Value);
    }

    private IEnumerable<Statement> Using(IUsingOperation operation)
    {
        var statements = new List<Statement>();
        if (operation.Resources is IVariableDeclarationGroupOperation group)
            statements.AddRange(Declarations(group));
        else if (!IsScope(operation.Resources.Type, operation.Resources))
            expressions.Read(operation.Resources);
        statements.AddRange(operation.Body is IBlockOperation block ? ReadAll(block.Operations) : ReadAll([operation.Body]));
        return [new Statement.Block(new([.. statements]))];
    }

    private IEnumerable<Statement> Expression(IOperation operation)
    {
        if (IsLeftOut(operation))
            return [];
        Expression expression = expressions.Read(operation);
        // Handing a tensor to another scope, or moving it: nothing is computed.
        return expression is Forward.Expression.Local or Forward.Expression.Constant
            ? []
            : [new Statement.Evaluate(expression) { Code = CodeOf(operation) }];
    }

    private bool IsLeftOut(IOperation operation) => operation switch
    {
        IConditionalAccessOperation access => IsLeftOut(access.WhenNotNull),
        IInvocationOperation { TargetMethod: { Name: "Dispose", Parameters.IsEmpty: true } } => true,
        IInvocationOperation { TargetMethod.ContainingType: { } type } => TorchTypes.IsSystem(type, s_checks) || TorchTypes.Same(type, reading.Types.DisposeScope),
        _ => false,
    };

    /// <summary>A scope that says when tensors are disposed or gradients recorded; at inference neither matters.</summary>
    private bool IsScope(ITypeSymbol? type, IOperation? value)
    {
        if (TorchTypes.Same(type, reading.Types.DisposeScope))
            return true;
        bool isOfGradients = value is IInvocationOperation { TargetMethod: { Name: "no_grad" or "inference_mode" or "set_grad_enabled" or "enable_grad" } method }
            && reading.Types.IsTorchSharp(method.ContainingType);
        if (isOfGradients && reading.IsTraining)
            reading.Problem(value!, Instead.GradientScope);
        return isOfGradients;
    }

    private IEnumerable<Statement> If(IConditionalOperation operation)
    {
        Expression condition = expressions.Read(operation.Condition);
        if (condition is Forward.Expression.Constant { Value: bool holds })
            return (holds ? operation.WhenTrue : operation.WhenFalse) is { } taken ? Read(taken) : [];
        return [new Statement.If(condition, Single(operation.WhenTrue), operation.WhenFalse is { } otherwise ? Single(otherwise) : null) { Code = HeadOf(operation, operation.WhenTrue) }];
    }

    private IEnumerable<Statement> ForEach(IForEachLoopOperation loop)
    {
        if (loop.IsAsynchronous)
            reading.Problem(HeadOf(loop.Syntax), Instead.Statement);
        Expression collection = expressions.ReadPresent(loop.Collection);
        return [new Statement.ForEach(Variable(loop.LoopControlVariable), collection, Single(loop.Body)) { Code = HeadOf(loop, loop.Body) }];
    }

    private Expression Variable(IOperation variable) => variable switch
    {
        IVariableDeclaratorOperation { Symbol: { } local } => DataTypes.Of(local.Type, reading.Types) is not null ? new Expression.Declared(local.Name) : reading.Problem(variable, Instead.Value),
        IDeclarationExpressionOperation declaration => Variable(declaration.Expression),
        ITupleOperation tuple => new Expression.NewTuple(new([.. tuple.Elements.Select(Variable)])),
        ILocalReferenceOperation { IsDeclaration: true, Local: { } local } => new Expression.Declared(local.Name),
        IDiscardOperation => new Expression.Discard(),
        IInvalidOperation => reading.Broken(),
        _ => reading.Problem(variable, Instead.Statement),
    };

    private IEnumerable<Statement> For(IForLoopOperation loop)
    {
        EquatableArray<Statement> before = ReadAll(loop.Before);
        Expression? condition = loop.Condition is { } test ? expressions.Read(test) : null;
        return [new Statement.For(before, condition, ReadAll(loop.AtLoopBottom), Single(loop.Body)) { Code = HeadOf(loop, loop.Body) }];
    }

    private SwitchSection Section(ISwitchCaseOperation @case) => new(new([.. @case.Clauses.Select(Label)]), ReadAll(@case.Body));

    private SwitchLabel Label(ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation { Value: { } value } => new(expressions.Patterns.ReadConstant(value), null),
        IPatternCaseClauseOperation pattern => new(expressions.Patterns.Read(pattern.Pattern), pattern.Guard is { } guard ? expressions.Read(guard) : null),
        _ => new(null, null),
    };

    private Statement.Block Single(IOperation operation)
    {
        ImmutableArray<Statement> statements = [.. Read(operation)];
        return statements is [Statement.Block block] ? block : new Statement.Block(new(statements));
    }

    private static string CodeOf(IOperation operation) => SourceCode.OnOneLine(operation.Syntax);

    private static string HeadOf(IOperation statement, IOperation body) => SourceCode.Head(statement.Syntax, body.Syntax);

    /// <summary>The first line of a statement that holds others: a whole try block is not what to underline.</summary>
    private static SyntaxNode HeadOf(SyntaxNode statement) => statement switch
    {
        LabeledStatementSyntax or GotoStatementSyntax or ExpressionStatementSyntax => statement,
        ForEachStatementSyntax loop => loop.Expression,
        LockStatementSyntax @lock => @lock.Expression,
        { } other => other,
    };
}
