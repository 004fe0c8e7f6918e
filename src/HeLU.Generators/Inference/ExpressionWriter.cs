using Helu.ModelReading;
using Helu.ModelReading.Forward;

namespace Helu.Generators.Inference;

/// <summary>Writes the expressions of a forward over recorded values.</summary>
/// <param name="names">Gives the names of variables and methods.</param>
/// <param name="swaps">Whether the ReLUs of the model are swapped in this project.</param>
internal sealed class ExpressionWriter(Identifiers names, bool swaps)
{
    private readonly Stack<string> _receivers = new();
    private int _receiverCount;

    public string Write(Expression expression) => expression switch
    {
        Expression.Constant constant => Literals.Of(constant.Value),
        Expression.Local local => names.Variable(local.Name),
        Expression.Declared declared => "var " + names.Variable(declared.Name),
        Expression.Discard => "_",
        Expression.ModuleField field => $"self.{(field.MayBeNull ? "module_or_null" : "module")}({Literals.Of(field.Field)})",
        Expression.ModulesField field => $"self.modules({Literals.Of(field.Field)})",
        Expression.ValueField field => $"self.value<{TypeNames.Of(field.Type)}>({Literals.Of(field.Field)})",
        Expression.ParameterField field => $"self.parameter({Literals.Of(field.Field)})",
        Expression.Operation operation => $"Ops.{operation.Name}({Arguments(operation)})",
        Expression.Relu relu => $"Ops.relu({Write(relu.Input)}, {Activation(relu.Swap)})",
        Expression.ModuleCall call => $"{Operand(call.Module)}.{Run(call)}",
        Expression.InPlace inPlace => $"Ops.overwrite({Write(inPlace.Target)}, {Write(inPlace.Value)})",
        Expression.InPlaceOnResult inPlace => $"Ops.in_place({Write(inPlace.Value)})",
        Expression.HelperCall { IsLocal: true } call => $"{names.Variable(call.Helper)}({List(call.Arguments)})",
        Expression.HelperCall call => $"{names.Method(call.Helper)}({SelfAnd(call.Arguments)})",
        Expression.Member { Object: Expression.ModulesField modules, Name: "Count" } => Write(modules) + ".Length",
        Expression.Member member => $"{Operand(member.Object)}.{member.Name}",
        Expression.MethodCall call => $"{Operand(call.Object)}.{call.Name}({List(call.Arguments)})",
        Expression.LibraryCall call => $"global::{call.Type}.{call.Name}({List(call.Arguments)})",
        Expression.Index index => $"{Operand(index.Collection)}[{(index.FromEnd ? "^" : "")}{(index.FromEnd ? Operand(index.Position) : Write(index.Position))}]",
        Expression.Binary binary => $"{Operand(binary.Left)} {binary.Operator} {Operand(binary.Right)}",
        Expression.Unary unary => unary.Operator + Operand(unary.Operand),
        Expression.Cast cast => $"({TypeNames.Of(cast.Type)}){Operand(cast.Operand)}",
        Expression.Conditional conditional => $"{Operand(conditional.Condition)} ? {Operand(conditional.WhenTrue)} : {Operand(conditional.WhenFalse)}",
        Expression.Coalesce coalesce => $"{Operand(coalesce.Left)} ?? {Operand(coalesce.Right)}",
        Expression.ConditionalAccess access => Access(access),
        Expression.Receiver => _receivers.Peek(),
        Expression.Match match => $"{Operand(match.Value)} is {PatternWriter.Write(match.Pattern, names)}",
        Expression.Switch choice => $"{Operand(choice.Value)} switch {{ {string.Join(", ", choice.Arms.Select(Arm))} }}",
        Expression.NewArray array => $"new {TypeNames.Of(array.Element)}[] {{ {List(array.Items)} }}",
        Expression.SizedArray array => $"new {TypeNames.Of(array.Element)}[{Write(array.Size)}]",
        Expression.NewCollection collection => $"new {TypeNames.Of(collection.Type)}({List(collection.Arguments)}){(collection.Items.Count > 0 ? $" {{ {List(collection.Items)} }}" : "")}",
        Expression.NewTuple tuple => $"({List(tuple.Items)})",
        Expression.Assign assign => $"{Write(assign.Target)} = {Write(assign.Value)}",
        Expression.Unpack unpack => $"({List(unpack.Targets)}) = {Write(unpack.Value)}",
        Expression.Increment increment => increment.IsPostfix ? Write(increment.Target) + increment.Operator : increment.Operator + Write(increment.Target),
        Expression.Throw error => $"throw new global::System.InvalidOperationException({Literals.Of(error.Message)})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "No text is known for this expression."),
    };

    private string Arguments(Expression.Operation operation) => operation switch
    {
        // The dimensions of these are a list of arguments.
        { Name: "reshape" or "permute", Arguments: [{ } input, Expression.NewArray array] } => List([input, .. array.Items]),
        _ => List(operation.Arguments),
    };

    private string Run(Expression.ModuleCall call) => swaps && call.Swap is { } swap
        ? $"call({Activation(swap)}, {List(call.Inputs)})"
        : $"call({List(call.Inputs)})";

    private string Activation(Annotation? activation) => Literals.Of(swaps && activation is { } swap ? swap.Spec : new ActivationSpec(Kind.ReLU));

    private string Access(Expression.ConditionalAccess access)
    {
        if (access.WhenNotNull is Expression.ModuleCall { Module: Expression.Receiver } call)
            return $"{Operand(access.Object)}?.{Run(call)}";
        string receiver = $"receiver_{++_receiverCount}";
        string value = Write(access.Object);
        _receivers.Push(receiver);
        string whenNotNull = Operand(access.WhenNotNull);
        _receivers.Pop();
        return $"{value} is {{ }} {receiver} ? {whenNotNull} : null";
    }

    private string Arm(SwitchArm arm) => $"{PatternWriter.Write(arm.Pattern, names)}{(arm.Guard is { } guard ? " when " + Operand(guard) : "")} => {Write(arm.Value)}";

    private string SelfAnd(EquatableArray<Expression> arguments) => arguments.Count == 0 ? "self" : "self, " + List(arguments);

    private string List(IEnumerable<Expression> expressions) => string.Join(", ", expressions.Select(Write));

    /// <summary>In parentheses where it is made of several parts.</summary>
    private string Operand(Expression expression) => expression
        is Expression.Binary or Expression.Unary or Expression.Cast or Expression.Conditional or Expression.Coalesce or Expression.Match or Expression.Switch
            or Expression.Assign or Expression.Unpack or Expression.ConditionalAccess or Expression.Constant { Value: < 0 or < 0L or < 0f or < 0d }
            or Expression.NewArray or Expression.SizedArray
        ? $"({Write(expression)})"
        : Write(expression);
}
