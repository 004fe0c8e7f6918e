namespace Helu.ModelReading.Forward;

/// <summary>A step of a model's forward.</summary>
internal abstract record Statement
{
    private Statement()
    {
    }

    /// <summary>The source of the step, or of its head, on one line.</summary>
    public string Code { get; init; } = "";

    /// <summary>Whether what follows it in its block is never reached.</summary>
    public bool Ends => this switch
    {
        Return or Throw or Break or Continue => true,
        Block block => block.Statements.Any(statement => statement.Ends),
        If { Else: { } otherwise } branch => branch.Then.Ends && otherwise.Ends,
        _ => false,
    };

    /// <summary>A variable.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Value">Its first value; null where it has none.</param>
    public sealed record Declare(string Name, DataType Type, Expression? Value) : Statement;

    /// <summary>An expression for what it does: an assignment, a call.</summary>
    public sealed record Evaluate(Expression Expression) : Statement;

    /// <summary>Steps with a scope of their own.</summary>
    public sealed record Block(EquatableArray<Statement> Statements) : Statement;

    /// <summary>A choice by structure.</summary>
    public sealed record If(Expression Condition, Block Then, Block? Else) : Statement;

    /// <summary>A loop over a collection.</summary>
    /// <param name="Variable">Declared variable, or the items of a tuple: <see cref="Expression.Declared"/>, <see cref="Expression.Discard"/>, <see cref="Expression.NewTuple"/>.</param>
    /// <param name="Collection">What is looped over.</param>
    /// <param name="Body">What is done.</param>
    public sealed record ForEach(Expression Variable, Expression Collection, Block Body) : Statement;

    /// <summary>A counting loop.</summary>
    public sealed record For(EquatableArray<Statement> Before, Expression? Condition, EquatableArray<Statement> After, Block Body) : Statement;

    /// <summary>A loop.</summary>
    /// <param name="Condition">While it holds.</param>
    /// <param name="Body">What is done.</param>
    /// <param name="TestsFirst">False for <c>do ... while</c>.</param>
    public sealed record While(Expression Condition, Block Body, bool TestsFirst) : Statement;

    /// <summary>A choice of sections.</summary>
    public sealed record Switch(Expression Value, EquatableArray<SwitchSection> Sections) : Statement;

    /// <summary>The result.</summary>
    public sealed record Return(Expression? Value) : Statement;

    /// <summary>Leaves the loop or switch.</summary>
    public sealed record Break : Statement;

    /// <summary>Goes on with the loop.</summary>
    public sealed record Continue : Statement;

    /// <summary>An error that the model raises.</summary>
    public sealed record Throw(string Message) : Statement;

    /// <summary>A function inside the method, which sees its variables.</summary>
    public sealed record LocalFunction(HelperMethod Method) : Statement;
}
