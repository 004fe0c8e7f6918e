namespace Helu.ModelReading;

/// <summary>A method of TorchSharp, or of <c>List&lt;T&gt;</c>, whose calls in annotated code are redirected.</summary>
internal enum SwapForm
{
    /// <summary><c>functional.relu(x, inplace)</c></summary>
    FunctionalRelu,

    /// <summary><c>x.relu()</c></summary>
    TensorRelu,

    /// <summary><c>x.relu_()</c></summary>
    TensorReluInPlace,

    /// <summary><c>module.call(x)</c> where module is, or may hold, a ReLU</summary>
    ModuleCall,

    /// <summary><c>module.call(x)</c> through <c>IModule</c></summary>
    InterfaceCall,

    /// <summary><c>module.forward(x)</c> where module may hold a ReLU</summary>
    ModuleForward,

    /// <summary><c>relu.forward(x)</c></summary>
    ReluForward,

    /// <summary><c>Sequential(a, b, ...)</c></summary>
    Sequential,

    /// <summary><c>Sequential(("name", a), ...)</c></summary>
    SequentialNamed,

    /// <summary><c>Sequential(Tuple.Create("name", a), ...)</c></summary>
    SequentialTuples,

    /// <summary><c>Sequential(IEnumerable of modules)</c></summary>
    SequentialList,

    /// <summary><c>Sequential(IEnumerable of ("name", module))</c></summary>
    SequentialNamedList,

    /// <summary><c>Sequential(IEnumerable of Tuple)</c></summary>
    SequentialTupleList,

    /// <summary><c>sequential.append(module)</c></summary>
    SequentialAppend,

    /// <summary><c>sequential.append("name", module)</c></summary>
    SequentialAppendNamed,

    /// <summary><c>ModuleList(a, b, ...)</c> of plain modules</summary>
    ModuleList,

    /// <summary><c>ModuleList&lt;T&gt;(a, b, ...)</c></summary>
    ModuleListOfT,

    /// <summary><c>list.append(a, b, ...)</c></summary>
    ModuleListAppend,

    /// <summary><c>list.extend(modules)</c></summary>
    ModuleListExtend,

    /// <summary><c>list.Add(module)</c></summary>
    ModuleListAdd,

    /// <summary><c>list.Insert(index, module)</c></summary>
    ModuleListInsert,

    /// <summary><c>ModuleDict(("name", a), ...)</c> of plain modules</summary>
    ModuleDict,

    /// <summary><c>ModuleDict&lt;T&gt;(("name", a), ...)</c></summary>
    ModuleDictOfT,

    /// <summary><c>dict.Add("name", module)</c></summary>
    ModuleDictAdd,

    /// <summary><c>list.Add(module)</c> on a <c>List&lt;T&gt;</c></summary>
    ListAdd,

    /// <summary><c>list.Insert(index, module)</c> on a <c>List&lt;T&gt;</c></summary>
    ListInsert,

    /// <summary><c>ReLU(inplace)</c> in code annotated with PReLU: the ReLU gets a parameter</summary>
    ReluFactory,
}
