namespace Helu.ModelReading.Forward;

/// <summary>The expressions that an expression is made of.</summary>
internal static class Parts
{
    public static IEnumerable<Expression> Of(Expression expression) => expression switch
    {
        Expression.Operation operation => operation.Arguments,
        Expression.Relu relu => [relu.Input],
        Expression.ModuleCall call => [call.Module, .. call.Inputs],
        Expression.InPlace inPlace => [inPlace.Target, inPlace.Value],
        Expression.InPlaceOnResult inPlace => [inPlace.Value],
        Expression.HelperCall call => call.Arguments,
        Expression.Member member => [member.Object],
        Expression.MethodCall call => [call.Object, .. call.Arguments],
        Expression.LibraryCall call => call.Arguments,
        Expression.Index index => [index.Collection, index.Position],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Unary unary => [unary.Operand],
        Expression.Cast cast => [cast.Operand],
        Expression.Conditional conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
        Expression.Coalesce coalesce => [coalesce.Left, coalesce.Right],
        Expression.ConditionalAccess access => [access.Object, access.WhenNotNull],
        Expression.Match match => [match.Value],
        Expression.Switch choice => [choice.Value, .. choice.Arms.SelectMany(arm => arm.Guard is null ? [arm.Value] : new[] { arm.Guard, arm.Value })],
        Expression.NewArray array => array.Items,
        Expression.SizedArray array => [array.Size],
        Expression.NewCollection collection => [.. collection.Arguments, .. collection.Items],
        Expression.NewTuple tuple => tuple.Items,
        Expression.Assign assign => [assign.Target, assign.Value],
        Expression.Unpack unpack => [.. unpack.Targets, unpack.Value],
        Expression.Increment increment => [increment.Target],
        _ => [],
    };
}
