namespace Helu.ModelReading.Forward;

/// <summary>What a variable of a model's forward holds.</summary>
internal enum DataKind
{
    /// <summary>Nothing: the result of a helper method that returns nothing.</summary>
    Void,

    /// <summary>A tensor.</summary>
    Tensor,

    /// <summary>A module, a container of modules included.</summary>
    Module,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A 32-bit integer.</summary>
    Int,

    /// <summary>A 64-bit integer.</summary>
    Long,

    /// <summary>A 32-bit float.</summary>
    Float,

    /// <summary>A 64-bit float.</summary>
    Double,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array of its one argument.</summary>
    Array,

    /// <summary>A tuple of its arguments.</summary>
    Tuple,

    /// <summary><c>List&lt;T&gt;</c></summary>
    List,

    /// <summary><c>Stack&lt;T&gt;</c></summary>
    Stack,

    /// <summary><c>Queue&lt;T&gt;</c></summary>
    Queue,

    /// <summary><c>IEnumerable&lt;T&gt;</c></summary>
    IEnumerable,

    /// <summary><c>IList&lt;T&gt;</c></summary>
    IList,

    /// <summary><c>IReadOnlyList&lt;T&gt;</c></summary>
    IReadOnlyList,
}
