using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Runs statements. A condition that is not known runs both ways; a loop of unknown length runs once, perhaps.</summary>
/// <param name="run">The trace.</param>
internal sealed class StatementRunner(TraceRun run)
{
    public Flow RunAll(IEnumerable<IOperation> statements, Frame frame)
    {
        foreach (IOperation statement in statements)
        {
            if (Run(statement, frame) is var flow and not Flow.Next)
                return flow;
        }
        return Flow.Next;
    }

    public Flow Run(IOperation? statement, Frame frame)
    {
        if (statement is null || !run.Step())
            return Flow.Next;
        switch (statement)
        {
            case IBlockOperation block:
                return RunAll(block.Operations, frame);
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclarationOperation declaration in group.Declarations)
                    Declare(declaration, frame);
                return Flow.Next;
            case IUsingDeclarationOperation declaration:
                return Run(declaration.DeclarationGroup, frame);
            case IExpressionStatementOperation expression:
                run.Expressions.Read(expression.Operation, frame);
                return Flow.Next;
            case IReturnOperation { Kind: OperationKind.YieldReturn } yielded:
                frame.Yield(Read(yielded.ReturnedValue, frame));
                return Flow.Next;
            case IReturnOperation returned:
                if (returned.ReturnedValue is { } value)
                    frame.Returned.Add(Read(value, frame));
                return Flow.Leave;
            case IThrowOperation:
                return Flow.Leave;
            case IBranchOperation branch:
                return branch.BranchKind switch { BranchKind.Break => Flow.Break, BranchKind.Continue => Flow.Continue, _ => Flow.Next };
            case IConditionalOperation conditional:
                return Choose(run.Expressions.Truth(conditional.Condition, frame), () => Run(conditional.WhenTrue, frame), () => Run(conditional.WhenFalse, frame));
            case IForEachLoopOperation loop:
                return ForEach(loop, frame);
            case IForLoopOperation loop:
                RunAll(loop.Before, frame);
                return Loop(loop, loop.Condition, () => RunAll(loop.AtLoopBottom, frame), frame);
            case IWhileLoopOperation { ConditionIsTop: true } loop:
                return Loop(loop, loop.Condition, static () => Flow.Next, frame);
            case IWhileLoopOperation loop:
                return After(Run(loop.Body, frame)) ?? (IsTraining(loop) ? Flow.Next : Loop(loop, loop.Condition, static () => Flow.Next, frame));
            case ISwitchOperation choice:
                return Switch(choice, Read(choice.Value, frame), 0, frame);
            case IUsingOperation block:
                if (block.Resources is IVariableDeclarationGroupOperation)
                    Run(block.Resources, frame);
                else
                    Read(block.Resources, frame);
                return Run(block.Body, frame);
            case ILockOperation block:
                return Run(block.Body, frame);
            case ITryOperation block:
                Flow flow = Run(block.Body, frame);
                Flow last = Run(block.Finally, frame);
                return last == Flow.Next ? flow : last;
            case ILabeledOperation labeled:
                return Run(labeled.Operation, frame);
            default:
                return Flow.Next;
        }
    }

    /// <summary>Runs the branch that a truth value asks for; both where it is not known.</summary>
    public Flow Choose(bool? truth, Func<Flow> whenTrue, Func<Flow> whenFalse)
    {
        if (truth is { } known)
            return known ? whenTrue() : whenFalse();
        Flow last = Flow.Next;
        bool leaves = run.Journal.Either(() => (last = whenTrue()) != Flow.Next, () => whenFalse() is var flow and not Flow.Next && (last = flow) != Flow.Next);
        return leaves ? last : Flow.Next;
    }

    private Value Read(IOperation? operation, Frame frame) => operation is null ? Value.None : run.Expressions.Read(operation, frame);

    private void Declare(IVariableDeclarationOperation declaration, Frame frame)
    {
        foreach (IVariableDeclaratorOperation declarator in declaration.Declarators)
        {
            IVariableInitializerOperation? initializer = declarator.Initializer ?? declaration.Initializer;
            run.Journal.Set(frame.Variables, declarator.Symbol, Read(initializer?.Value, frame));
        }
    }

    private Flow ForEach(IForEachLoopOperation loop, Frame frame)
    {
        ValueList? items = ExpressionRunner.Items(Read(loop.Collection, frame));
        if (items is not null)
        {
            foreach (Value item in items.Items.ToArray())
            {
                if (run.IsExhausted)
                    return Flow.Next;
                if (After(Round(item)) is { } flow)
                    return flow;
            }
        }
        return items is { IsComplete: true } ? Flow.Next : Choose(null, () => Within(Round(Value.None)), static () => Flow.Next);

        Flow Round(Value item)
        {
            run.Expressions.Assign(loop.LoopControlVariable, item, frame);
            return Run(loop.Body, frame);
        }
    }

    private Flow Loop(ILoopOperation loop, IOperation? condition, Func<Flow> next, Frame frame)
    {
        bool isTraining = IsTraining(loop);
        while (!run.IsExhausted)
        {
            bool? goesOn = condition is null ? true : run.Expressions.Truth(condition, frame);
            if (goesOn is false)
                return Flow.Next;
            if (goesOn is null)
                return Choose(null, () => Within(Run(loop.Body, frame)), static () => Flow.Next);
            if (After(Run(loop.Body, frame)) is { } flow)
                return flow;
            if (isTraining)
                return Flow.Next;
            next();
        }
        return Flow.Next;
    }

    /// <summary>The steps of a training loop are all alike: one shows what there is to see.</summary>
    private static bool IsTraining(ILoopOperation loop) => loop.Body.Syntax.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText == "backward");

    /// <summary>Where the code goes on after a loop that a round ends; null where the loop goes on.</summary>
    private static Flow? After(Flow round) => round switch
    {
        Flow.Break => Flow.Next,
        Flow.Leave => Flow.Leave,
        _ => null,
    };

    private static Flow Within(Flow round) => round == Flow.Leave ? Flow.Leave : Flow.Next;

    private Flow Switch(ISwitchOperation choice, Value value, int index, Frame frame)
    {
        if (index == choice.Cases.Length)
            return Flow.Next;
        ISwitchCaseOperation section = choice.Cases[index];
        bool? isTaken = false;
        foreach (ICaseClauseOperation clause in section.Clauses)
            isTaken = Truths.Or(isTaken, Matches(clause, value, frame, isLast: index == choice.Cases.Length - 1));
        return Choose(isTaken, () => RunAll(section.Body, frame) is var flow && flow == Flow.Break ? Flow.Next : flow, () => Switch(choice, value, index + 1, frame));
    }

    private bool? Matches(ICaseClauseOperation clause, Value value, Frame frame, bool isLast) => clause switch
    {
        IDefaultCaseClauseOperation => isLast ? true : null,
        ISingleValueCaseClauseOperation single => PatternRunner.AreEqual(value, Read(single.Value, frame)),
        IPatternCaseClauseOperation pattern => Truths.And(run.Expressions.Patterns.Matches(value, pattern.Pattern, frame), pattern.Guard is null ? true : run.Expressions.Truth(pattern.Guard, frame)),
        _ => null,
    };
}
