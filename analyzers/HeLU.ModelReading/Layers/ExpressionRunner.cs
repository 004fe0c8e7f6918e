using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Computes expressions as far as they are known when compiling, and runs what they do.</summary>
internal sealed class ExpressionRunner
{
    private readonly TraceRun _run;
    private readonly CallRunner _calls;
    private readonly Stack<Value> _accessed = new();

    public ExpressionRunner(TraceRun run)
    {
        _run = run;
        _calls = new(run);
        Patterns = new(run);
        Variables = new(run);
    }

    public PatternRunner Patterns { get; }

    public VariableRunner Variables { get; }

    public Value Read(IOperation? operation, Frame frame)
    {
        if (operation is null || !_run.Step())
            return Value.None;
        if (operation.ConstantValue is { HasValue: true } constant)
            return Numbers.Plain(constant.Value);
        return operation switch
        {
            IParenthesizedOperation parenthesized => Read(parenthesized.Operand, frame),
            IConversionOperation conversion => Numbers.Converted(Read(conversion.Operand, frame), conversion.Type),
            ILocalReferenceOperation local => Variables.Local(local.Local, local.Type, frame),
            IParameterReferenceOperation parameter => Variables.Local(parameter.Parameter, parameter.Type, frame),
            IMemberReferenceOperation member and not (IMethodReferenceOperation or IEventReferenceOperation) => Member(member.Instance is null ? null : Read(member.Instance, frame), member, frame),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => _accessed.Count > 0 ? _accessed.Peek() : Value.None,
            IInstanceReferenceOperation => frame.Self is { } self ? new Value.Reference(self) : Value.None,
            IInvocationOperation call => _calls.Call(call, frame),
            IObjectCreationOperation creation => Created(creation, frame),
            IArrayCreationOperation { Initializer: { } initializer } => Read(initializer, frame),
            IArrayCreationOperation { DimensionSizes: [{ } size] } array => Array(Read(size, frame)),
            IArrayInitializerOperation initializer => Sequence(initializer.ElementValues, frame),
            ICollectionExpressionOperation collection => Sequence(collection.Elements, frame),
            ITupleOperation tuple => Sequence(tuple.Elements, frame),
            ISimpleAssignmentOperation assignment => Assigned(assignment.Target, Read(assignment.Value, frame), frame),
            IDeconstructionAssignmentOperation assignment => Assigned(assignment.Target, Read(assignment.Value, frame), frame),
            ICoalesceAssignmentOperation assignment => Coalesce(Read(assignment.Target, frame), () => Assigned(assignment.Target, Read(assignment.Value, frame), frame)),
            ICompoundAssignmentOperation assignment => Assigned(assignment.Target, Binary(assignment.OperatorKind, assignment.Target, assignment.Value, assignment, frame), frame),
            IIncrementOrDecrementOperation step => Stepped(step, frame),
            IConditionalOperation { WhenFalse: { } whenFalse } conditional => Choose(Truth(conditional.Condition, frame), () => Read(conditional.WhenTrue, frame), () => Read(whenFalse, frame)),
            ICoalesceOperation coalesce => Coalesce(Read(coalesce.Value, frame), () => Read(coalesce.WhenNull, frame)),
            IConditionalAccessOperation access => Accessed(access, frame),
            IConditionalAccessInstanceOperation => _accessed.Count > 0 ? _accessed.Peek() : Value.None,
            IIsPatternOperation test => Of(Patterns.Matches(Read(test.Value, frame), test.Pattern, frame)),
            IIsTypeOperation test => Of(Patterns.IsOf(Read(test.ValueOperand, frame), test.TypeOperand)),
            ISwitchExpressionOperation choice => Switch(choice, Read(choice.Value, frame), 0, frame),
            IBinaryOperation binary => Binary(binary, frame),
            IUnaryOperation unary => Unary(unary, Read(unary.Operand, frame), frame),
            IAnonymousFunctionOperation lambda => new Value.Function(lambda.Symbol, lambda.Body, frame, frame.Self),
            IDelegateCreationOperation creation => Read(creation.Target, frame),
            IMethodReferenceOperation reference => new Value.Function(reference.Method, null, frame, (Read(reference.Instance, frame) as Value.Reference)?.Target ?? frame.Self),
            IArrayElementReferenceOperation { Indices: [{ } index] } element => Element(Read(element.ArrayReference, frame), Read(index, frame)),
            IImplicitIndexerReferenceOperation element => Element(Read(element.Instance, frame), Read(element.Argument, frame)),
            IRangeOperation range => new Value.Sequence(new([Read(range.LeftOperand, frame), Read(range.RightOperand, frame)])),
            IAwaitOperation awaited => Read(awaited.Operation, frame),
            IDefaultValueOperation { Type.IsReferenceType: true } => Value.Null,
            _ => Unread(operation, frame),
        };
    }

    /// <summary>Null where it is not known whether the condition holds.</summary>
    public bool? Truth(IOperation condition, Frame frame) => Read(condition, frame) is Value.Constant { Content: bool holds } ? holds : null;

    /// <summary>The items of a sequence or container; null where they are not known.</summary>
    public static ValueList? Items(Value value) => value switch
    {
        Value.Sequence sequence => sequence.Items,
        Value.Reference { Module: { IsContainer: true } container } => container.Children,
        _ => null,
    };

    /// <summary>Writes a value to a variable, member, element or several of them.</summary>
    public void Assign(IOperation target, Value value, Frame frame)
    {
        switch (target)
        {
            case IVariableDeclaratorOperation declarator:
                _run.Journal.Set(frame.Variables, declarator.Symbol, value);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, frame);
                break;
            case ITupleOperation tuple:
                ValueList? parts = Items(value);
                for (int i = 0; i < tuple.Elements.Length; i++)
                    Assign(tuple.Elements[i], parts is { IsComplete: true } && i < parts.Items.Count ? parts.Items[i] : Value.None, frame);
                break;
            case ILocalReferenceOperation local:
                Variables.Set(local.Local, value, frame);
                break;
            case IParameterReferenceOperation parameter:
                Variables.Set(parameter.Parameter, value, frame);
                break;
            case IMemberReferenceOperation member:
                Variables.SetMember(member.Instance is null ? null : Read(member.Instance, frame), member, value);
                break;
            case IArrayElementReferenceOperation { Indices: [{ } index] } element when Items(Read(element.ArrayReference, frame)) is { } list:
                _run.Journal.Change(list, items => Set(items, Read(index, frame), value));
                break;
        }
    }

    /// <summary>What a member of a value holds; that of a static member where the value is null.</summary>
    public Value Member(Value? instance, IMemberReferenceOperation member, Frame frame)
    {
        if (member is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ } argument, ..] } indexer)
            return instance is Value.Tensor tensor ? _run.Tensor(LayerKind.Reshape, "index", [tensor.Layer], new(indexer.Syntax, frame.Site)) : Element(instance, Read(argument.Value, frame));
        return Variables.Member(instance, member, frame);
    }

    /// <summary>Calls a lambda, local function or method group.</summary>
    public Value Invoke(Value function, IReadOnlyList<Value> arguments, Site site) => _calls.Invoke(function, arguments, site);

    private static Value Of(bool? truth) => truth is { } known ? Value.Of(known) : Value.None;

    private Value Unread(IOperation operation, Frame frame) =>
        _run.IsTensor(operation.Type) ? _run.Tensor(LayerKind.Unknown, "", [], new(operation.Syntax, frame.Site)) : Value.None;

    private Value Assigned(IOperation target, Value value, Frame frame)
    {
        Assign(target, value, frame);
        return value;
    }

    private Value.Sequence Sequence(ImmutableArray<IOperation> elements, Frame frame)
    {
        var list = new ValueList([]);
        foreach (IOperation element in elements)
        {
            if (element is not ISpreadOperation spread)
            {
                list.Items.Add(Read(element, frame));
                continue;
            }
            ValueList? items = Items(Read(spread.Operand, frame));
            list.Items.AddRange(items?.Items ?? []);
            list.IsComplete &= items is { IsComplete: true };
        }
        return new(list);
    }

    private static Value Array(Value size) => size is Value.Constant { Content: long length and >= 0 and < 10_000 }
        ? new Value.Sequence(new([.. Enumerable.Repeat(Value.None, (int)length)]))
        : Value.None;

    private Value Created(IObjectCreationOperation creation, Frame frame)
    {
        Value created = _run.Objects.Create(creation, frame);
        if (creation.Initializer is not { } initializer)
            return created;
        _accessed.Push(created);
        foreach (IOperation part in initializer.Initializers)
            Read(part, frame);
        return _accessed.Pop();
    }

    private Value Accessed(IConditionalAccessOperation access, Frame frame)
    {
        Value value = Read(access.Operation, frame);
        if (PatternRunner.AreEqual(value, Value.Null) is true)
            return Value.Null;
        _accessed.Push(value);
        Value result = Read(access.WhenNotNull, frame);
        _accessed.Pop();
        return result;
    }

    private Value Choose(bool? truth, Func<Value> whenTrue, Func<Value> whenFalse)
    {
        if (truth is { } known)
            return known ? whenTrue() : whenFalse();
        Value first = Value.None, second = Value.None;
        _run.Statements.Choose(null, () => Run(out first, whenTrue), () => Run(out second, whenFalse));
        return _run.JoinAll([first, second]);

        static Flow Run(out Value value, Func<Value> branch)
        {
            value = branch();
            return Flow.Next;
        }
    }

    /// <summary>What is not known to be null is taken not to be: an optional part that is there.</summary>
    private static Value Coalesce(Value value, Func<Value> whenNull) => PatternRunner.AreEqual(value, Value.Null) is true ? whenNull() : value is Value.Unknown ? Value.None : value;

    private Value Switch(ISwitchExpressionOperation choice, Value value, int index, Frame frame)
    {
        if (index == choice.Arms.Length)
            return Value.None;
        ISwitchExpressionArmOperation arm = choice.Arms[index];
        if (arm.Value is IThrowOperation || arm.Value is IConversionOperation { Operand: IThrowOperation })
            return Switch(choice, value, index + 1, frame);
        bool? matches = Truths.And(Patterns.Matches(value, arm.Pattern, frame), arm.Guard is null ? true : Truth(arm.Guard, frame));
        bool isLast = index == choice.Arms.Length - 1;
        return isLast && matches is not false ? Read(arm.Value, frame) : Choose(matches, () => Read(arm.Value, frame), () => Switch(choice, value, index + 1, frame));
    }

    private Value Binary(IBinaryOperation binary, Frame frame)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr))
            return Binary(binary.OperatorKind, binary.LeftOperand, binary.RightOperand, binary, frame);
        bool isAnd = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd;
        bool? left = Truth(binary.LeftOperand, frame);
        if (left == !isAnd)
            return Value.Of(!isAnd);
        bool? right = Truth(binary.RightOperand, frame);
        return Of(isAnd ? Truths.And(left, right) : Truths.Or(left, right));
    }

    private Value Binary(BinaryOperatorKind @operator, IOperation left, IOperation right, IOperation whole, Frame frame)
    {
        Value one = Read(left, frame), other = Read(right, frame);
        return _run.IsTensor(whole.Type) ? OnTensors(@operator, (left, one), (right, other), new(whole.Syntax, frame.Site)) : Numbers.Compute(@operator, one, other);
    }

    private Value.Tensor OnTensors(BinaryOperatorKind @operator, (IOperation Operation, Value Value) left, (IOperation Operation, Value Value) right, Site site)
    {
        (IOperation, Value)[] tensors = [.. new[] { left, right }.Where(side => _run.IsTensor(side.Operation.Type) || side.Value is Value.Tensor or Value.Parameter)];
        LayerKind kind = (@operator, tensors.Length) switch
        {
            (BinaryOperatorKind.Add, 2) => LayerKind.Add,
            (BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide, 1) => LayerKind.Scale,
            _ => LayerKind.Operation,
        };
        return _run.Tensor(kind, @operator.ToString(), [.. tensors.Select(side => _run.LayerOf(side.Item2, site))], site);
    }

    private Value Unary(IUnaryOperation unary, Value operand, Frame frame) => (unary.OperatorKind, operand) switch
    {
        (UnaryOperatorKind.Not, Value.Constant { Content: bool value }) => Value.Of(!value),
        (UnaryOperatorKind.Minus, Value.Constant { Content: long value }) => Value.Of(-value),
        (UnaryOperatorKind.Minus, Value.Constant { Content: double value }) => Value.Of(-value),
        (UnaryOperatorKind.Hat, Value.Constant { Content: long value }) => Value.Of(-value),
        (_, Value.Tensor tensor) => _run.Tensor(LayerKind.Operation, unary.OperatorKind.ToString(), [tensor.Layer], new(unary.Syntax, frame.Site)),
        _ => Value.None,
    };

    private Value Stepped(IIncrementOrDecrementOperation step, Frame frame)
    {
        Value before = Read(step.Target, frame);
        Value after = Numbers.Compute(step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract, before, Value.Of(1L));
        Assign(step.Target, after, frame);
        return step.IsPostfix ? before : after;
    }

    /// <summary>An item by index, counted from the end where it is negative (<c>^1</c>); for a range the part.</summary>
    private static Value Element(Value? sequence, Value index)
    {
        if (sequence is null || Items(sequence) is not { IsComplete: true } list)
            return Value.None;
        int count = list.Items.Count;
        return index switch
        {
            Value.Constant { Content: long at } when (at < 0 ? at + count : at) is var position && position >= 0 && position < count => list.Items[(int)position],
            Value.Sequence { Items.Items: [{ } from, { } to] } => Part(list, Bound(from, 0, count), Bound(to, count, count)),
            _ => Value.None,
        };
    }

    private static Value.Sequence Part(ValueList list, int from, int to) => new(new([.. list.Items.Skip(from).Take(Math.Max(0, to - from))]));

    private static int Bound(Value bound, int absent, int count) => bound is Value.Constant { Content: long at } ? (int)(at < 0 ? at + count : at) : absent;

    private static void Set(List<Value> items, Value index, Value value)
    {
        if (index is Value.Constant { Content: long at } && at >= 0 && at < items.Count)
            items[(int)at] = value;
    }
}
