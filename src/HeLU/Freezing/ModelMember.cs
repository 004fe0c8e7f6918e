using System.Reflection;
using static TorchSharp.torch;

namespace Helu.Freezing;

/// <summary>A field or property of a model that generated code reads by its name, private ones and those of base classes included.</summary>
internal sealed class ModelMember
{
    private const BindingFlags AllOwn = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly nn.Module _model;
    private readonly MemberInfo _member;

    private ModelMember(nn.Module model, MemberInfo member) => (_model, _member) = (model, member);

    /// <summary>Its value now.</summary>
    public object? Value => _member is FieldInfo own ? own.GetValue(_model) : ((PropertyInfo)_member).GetValue(_model);

    /// <summary>Whether the model's code can't give it another value once the model is constructed.</summary>
    public bool IsReadOnly => _member is FieldInfo own ? own.IsInitOnly : !((PropertyInfo)_member).CanWrite;

    /// <exception cref="InvalidOperationException">There is no such member.</exception>
    /// <exception cref="NotSupportedException">Two classes of the hierarchy have one.</exception>
    public static ModelMember Of(nn.Module model, string name)
    {
        List<Type> owners = [.. Ancestry(model.GetType()).Where(type => type.GetField(name, AllOwn) is not null || IsNew(type.GetProperty(name, AllOwn)))];
        return owners switch
        {
            [var owner] => new(model, owner.GetField(name, AllOwn) ?? (MemberInfo)owner.GetProperty(name, AllOwn)!),
            [] => throw new InvalidOperationException($"{model.GetType()} has no field or property {name}: the generated code is not of this class."),
            _ => throw new NotSupportedException(
                $"{string.Join(" and ", owners)} both have a member {name}, which generated code can't tell apart; give one of them another name."),
        };
    }

    private static IEnumerable<Type> Ancestry(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    /// <summary>Whether it is a property that is not an override of another.</summary>
    private static bool IsNew(PropertyInfo? property) => property?.GetMethod is { } getter && getter.GetBaseDefinition() == getter;
}
