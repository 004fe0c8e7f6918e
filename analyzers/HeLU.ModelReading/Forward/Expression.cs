namespace Helu.ModelReading.Forward;

/// <summary>A value in a model's forward: what is computed, whatever spelling it had.</summary>
internal abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>Stands for what could not be read; a problem says why.</summary>
    public static Expression None { get; } = new Unread();

    /// <summary>A value that is known when compiling.</summary>
    /// <param name="Value">bool, int, long, float, double, string or null.</param>
    public sealed record Constant(object? Value) : Expression
    {
        public static Constant Null { get; } = new((object?)null);

        public static Constant False { get; } = new(false);

        public static Constant True { get; } = new(true);
    }

    /// <summary>A local variable or parameter.</summary>
    public sealed record Local(string Name) : Expression;

    /// <summary>A field or property of the model that holds a module.</summary>
    /// <param name="Field">Its name.</param>
    /// <param name="MayBeNull">Whether null is an answer here; otherwise null is an error.</param>
    public sealed record ModuleField(string Field, bool MayBeNull) : Expression;

    /// <summary>A field or property of the model that holds an array or list of modules.</summary>
    public sealed record ModulesField(string Field) : Expression;

    /// <summary>A field or property of the model that holds a plain value.</summary>
    public sealed record ValueField(string Field, DataType Type) : Expression;

    /// <summary>A field or property of the model that holds a parameter or buffer.</summary>
    public sealed record ParameterField(string Field) : Expression;

    /// <summary>An operation on tensors.</summary>
    /// <param name="Name">PyTorch's name for it; every spelling of one operation has one name.</param>
    /// <param name="Arguments">All arguments, defaults included, in the order that <see cref="TensorOperations"/> gives them.</param>
    public sealed record Operation(string Name, EquatableArray<Expression> Arguments) : Expression;

    /// <summary>A ReLU.</summary>
    /// <param name="Input">Its input.</param>
    /// <param name="Swap">The activation that is computed in its place; null where it stays a ReLU.</param>
    public sealed record Relu(Expression Input, Annotation? Swap) : Expression;

    /// <summary>Runs a module.</summary>
    /// <param name="Module">The module.</param>
    /// <param name="Inputs">Its inputs.</param>
    /// <param name="Swap">The activation that is computed where the module is a ReLU; null where that stays a ReLU.</param>
    public sealed record ModuleCall(Expression Module, EquatableArray<Expression> Inputs, Annotation? Swap) : Expression;

    /// <summary>Writes a new value into the memory of a tensor, and gives that tensor: every name of it sees the new value.</summary>
    public sealed record InPlace(Expression Target, Expression Value) : Expression;

    /// <summary>An in-place operation on what may be a tensor with a name elsewhere: a module, a helper or a choice may return what it was given.</summary>
    /// <param name="Value">The operation; its first argument is what it overwrites.</param>
    public sealed record InPlaceOnResult(Expression Value) : Expression;

    /// <summary>Calls a method of the model, or a local function.</summary>
    /// <param name="Helper">Its name: a <see cref="HelperMethod"/>'s of the model, or a local function's.</param>
    /// <param name="Arguments">One for each parameter.</param>
    /// <param name="IsLocal">Whether it is a local function.</param>
    public sealed record HelperCall(string Helper, EquatableArray<Expression> Arguments, bool IsLocal) : Expression;

    /// <summary>A member of a plain value, a tensor or a collection: <c>shape</c>, <c>dim</c>, <c>numel</c>, <c>Length</c>, <c>Count</c>, <c>Item1</c>.</summary>
    public sealed record Member(Expression Object, string Name) : Expression;

    /// <summary>A method of a string, a collection or a tensor's sizes (<c>size</c>).</summary>
    public sealed record MethodCall(Expression Object, string Name, EquatableArray<Expression> Arguments) : Expression;

    /// <summary>A static method of the framework.</summary>
    /// <param name="Type">The full name of the type: <c>System.Math</c>.</param>
    /// <param name="Name">The method.</param>
    /// <param name="Arguments">Its arguments.</param>
    public sealed record LibraryCall(string Type, string Name, EquatableArray<Expression> Arguments) : Expression;

    /// <summary>An element of a collection.</summary>
    /// <param name="Collection">The collection.</param>
    /// <param name="Position">Its index, or a ModuleDict's key.</param>
    /// <param name="FromEnd">Whether the index counts from the end.</param>
    public sealed record Index(Expression Collection, Expression Position, bool FromEnd = false) : Expression;

    /// <summary>An operator on plain values.</summary>
    /// <param name="Operator">As C# writes it.</param>
    /// <param name="Left">The left operand.</param>
    /// <param name="Right">The right operand.</param>
    public sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;

    /// <summary>An operator on a plain value.</summary>
    public sealed record Unary(string Operator, Expression Operand) : Expression;

    /// <summary>A number converted to another type.</summary>
    public sealed record Cast(DataType Type, Expression Operand) : Expression;

    /// <summary>One of two values.</summary>
    public sealed record Conditional(Expression Condition, Expression WhenTrue, Expression WhenFalse) : Expression;

    /// <summary>The left value, or the right one where it is null.</summary>
    public sealed record Coalesce(Expression Left, Expression Right) : Expression;

    /// <summary>Null where the receiver is null, else a value that <see cref="Receiver"/> stands in.</summary>
    public sealed record ConditionalAccess(Expression Object, Expression WhenNotNull) : Expression;

    /// <summary>The receiver of the innermost <see cref="ConditionalAccess"/>.</summary>
    public sealed record Receiver : Expression;

    /// <summary>Whether a value matches a pattern.</summary>
    public sealed record Match(Expression Value, Pattern Pattern) : Expression;

    /// <summary>The value of the first arm that matches.</summary>
    public sealed record Switch(Expression Value, EquatableArray<SwitchArm> Arms) : Expression;

    /// <summary>A new array.</summary>
    /// <param name="Element">The type of its elements.</param>
    /// <param name="Items">Its elements.</param>
    public sealed record NewArray(DataType Element, EquatableArray<Expression> Items) : Expression;

    /// <summary>A new array of a size, whose elements are zero or null.</summary>
    public sealed record SizedArray(DataType Element, Expression Size) : Expression;

    /// <summary>A new collection.</summary>
    /// <param name="Type">Its type.</param>
    /// <param name="Arguments">Arguments of the constructor.</param>
    /// <param name="Items">What is put in.</param>
    public sealed record NewCollection(DataType Type, EquatableArray<Expression> Arguments, EquatableArray<Expression> Items) : Expression;

    /// <summary>A tuple.</summary>
    public sealed record NewTuple(EquatableArray<Expression> Items) : Expression;

    /// <summary>An assignment; its value is what was assigned.</summary>
    public sealed record Assign(Expression Target, Expression Value) : Expression;

    /// <summary>Variables that a tuple's items are assigned to.</summary>
    /// <param name="Targets">Names that are declared here (<see cref="Declared"/>) or assignable expressions; null items are dropped.</param>
    /// <param name="Value">The tuple.</param>
    public sealed record Unpack(EquatableArray<Expression> Targets, Expression Value) : Expression;

    /// <summary>A variable that a deconstruction declares.</summary>
    public sealed record Declared(string Name) : Expression;

    /// <summary>A value that is dropped: <c>_</c>.</summary>
    public sealed record Discard : Expression;

    /// <summary><c>i++</c>, <c>--i</c></summary>
    /// <param name="Target">The variable.</param>
    /// <param name="Operator">++ or --.</param>
    /// <param name="IsPostfix">Whether the value is the one before.</param>
    public sealed record Increment(Expression Target, string Operator, bool IsPostfix) : Expression;

    /// <summary>An error that the model raises.</summary>
    /// <param name="Message">What was thrown, as it is written.</param>
    public sealed record Throw(string Message) : Expression;

    private sealed record Unread : Expression;
}
