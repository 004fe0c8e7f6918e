using Helu.ModelReading;
using Helu.ModelReading.Forward;

namespace Helu.Generators.Inference;

/// <summary>Writes the steps of a forward, each below the source that it comes from.</summary>
internal sealed class StatementWriter(CodeText text, ExpressionWriter expressions, Identifiers names)
{
    public void WriteAll(EquatableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
            Write(statement);
    }

    private void Write(Statement statement)
    {
        if (statement.Code.Length > 0)
            text.Line("// " + statement.Code);
        switch (statement)
        {
            case Statement.Declare declare:
                text.Line(Declaration(declare) + ";");
                break;
            case Statement.Evaluate { Expression: Expression.Conditional or Expression.ConditionalAccess or Expression.Coalesce or Expression.Switch or Expression.Relu or Expression.Operation } evaluate:
                text.Line($"_ = {expressions.Write(evaluate.Expression)};");
                break;
            case Statement.Evaluate evaluate:
                text.Line(expressions.Write(evaluate.Expression) + ";");
                break;
            case Statement.Block block:
                Body(null, block);
                break;
            case Statement.If branch:
                Body($"if ({expressions.Write(branch.Condition)})", branch.Then);
                if (branch.Else is { } otherwise)
                    Body("else", otherwise);
                break;
            case Statement.ForEach loop:
                Body($"foreach ({Variable(loop.Variable)} in {expressions.Write(loop.Collection)})", loop.Body);
                break;
            case Statement.For loop:
                For(loop);
                break;
            case Statement.While { TestsFirst: true } loop:
                Body($"while ({expressions.Write(loop.Condition)})", loop.Body);
                break;
            case Statement.While loop:
                Body("do", loop.Body);
                text.Line($"while ({expressions.Write(loop.Condition)});");
                break;
            case Statement.Switch choice:
                Switch(choice);
                break;
            case Statement.Return { Value: { } value }:
                text.Line($"return {expressions.Write(value)};");
                break;
            case Statement.Return:
                text.Line("return;");
                break;
            case Statement.Break:
                text.Line("break;");
                break;
            case Statement.Continue:
                text.Line("continue;");
                break;
            case Statement.Throw error:
                text.Line($"throw new global::System.InvalidOperationException({Literals.Of(error.Message)});");
                break;
            case Statement.LocalFunction function:
                LocalFunction(function.Method);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(statement), statement, "No text is known for this statement.");
        }
    }

    private string Declaration(Statement.Declare declare)
    {
        // A field's list of modules is an array.
        string type = declare.Value is Expression.ModulesField ? TypeNames.OfParameter(declare.Type) : TypeNames.Of(declare.Type);
        string variable = $"{type} {names.Variable(declare.Name)}";
        return declare.Value is { } value ? $"{variable} = {expressions.Write(value)}" : variable;
    }

    private string Variable(Expression variable) => variable switch
    {
        Expression.NewTuple tuple => "var " + Items(tuple),
        Expression.Discard => "var _",
        { } other => expressions.Write(other),
    };

    private string Items(Expression.NewTuple tuple) => $"({string.Join(", ", tuple.Items.Select(item => item switch
    {
        Expression.NewTuple inner => Items(inner),
        Expression.Declared declared => names.Variable(declared.Name),
        _ => "_",
    }))})";

    private void For(Statement.For loop)
    {
        string condition = loop.Condition is { } test ? expressions.Write(test) : "";
        string after = string.Join(", ", loop.After.OfType<Statement.Evaluate>().Select(step => expressions.Write(step.Expression)));
        if (loop.Before is [Statement.Declare { } only])
        {
            Body($"for ({Declaration(only)}; {condition}; {after})", loop.Body);
            return;
        }
        using (text.Block())
        {
            WriteAll(loop.Before);
            Body($"for (; {condition}; {after})", loop.Body);
        }
    }

    private void Switch(Statement.Switch choice)
    {
        using (text.Block($"switch ({expressions.Write(choice.Value)})"))
        {
            foreach (SwitchSection section in choice.Sections)
            {
                foreach (SwitchLabel label in section.Labels)
                    text.Line(Label(label));
                using (text.Block())
                    WriteAll(section.Statements);
            }
        }
    }

    private string Label(SwitchLabel label)
    {
        string guard = label.Guard is { } test ? $" when {expressions.Write(test)}" : "";
        return label.Pattern is { } pattern ? $"case {PatternWriter.Write(pattern, names)}{guard}:" : "default:";
    }

    private void LocalFunction(HelperMethod function)
    {
        using (text.Block($"{TypeNames.Of(function.Returns)} {names.Variable(function.Name)}({Parameters(function)})"))
            WriteAll(function.Body);
    }

    private string Parameters(HelperMethod function) =>
        string.Join(", ", function.Parameters.Select(parameter => $"{TypeNames.OfParameter(parameter.Type)} {names.Variable(parameter.Name)}"));

    private void Body(string? head, Statement.Block block)
    {
        using (text.Block(head))
            WriteAll(block.Statements);
    }
}
