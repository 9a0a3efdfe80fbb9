#include "core/err.h"

const char *err_name(enum err err)
{
    static const char *const names[ERR_COUNT] = {
        "成功",         "超出范围",     "格式不对",   "不是规范形式",
        "证明不成立",   "签名不成立",   "密钥不对",   "没有找到",
        "已经有了",     "放不下",       "超过上限",   "内存不足",
        "次序不对",     "输入有误",     "有提示",     "读写失败",
        "磁盘满或只读", "另一进程正用", "数据库出错", "日志分叉",
        "不支持",
    };
    if ((unsigned)err >= ERR_COUNT) return "未知";
    return names[err];
}
